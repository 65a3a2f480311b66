"""Where readers judge first, nothing beside the page of the reading gives the checker's view away."""

from __future__ import annotations

from tests.service.readings.seeded import AUTHOR, MANAGER, OTHER_MANAGER, Seeded


def test_the_case_does_not_count_what_the_checker_found(office: Seeded) -> None:
    counted = "must fix"
    assert counted in office.browser(MANAGER).get(f"/cases/{office.case}")
    reading = office.send(revealed=False)
    for manager in (MANAGER, OTHER_MANAGER):  # who may be handed it
        seen = office.browser(manager).get(f"/cases/{office.case}")
        assert "until its reader has judged it" in seen
        assert counted not in seen
        assert office.draft not in seen
        assert office.browser(manager).client.get(f"/checks/{office.draft}").status_code == 404
    assert counted in office.browser(AUTHOR).get(f"/cases/{office.case}")
    office.desk.store.readings.reveal(reading)
    assert counted in office.browser(OTHER_MANAGER).get(f"/cases/{office.case}")
