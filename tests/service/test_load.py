"""Many at once: what is accepted is right, and whoever is told to come back is then taken (figures: make bench)."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from qualitycheck import check
from tests.serving import serving

PEOPLE = 8


def test_what_is_accepted_is_right_and_nobody_is_sent_away_twice(tmp_path: Path, examples: list[Path]) -> None:
    data = examples[0].read_bytes()
    expected = json.loads(json.dumps(check(data).as_dict()["reports"][0]))

    def person(number: int) -> list[int]:
        """The statuses that they saw; the last answer is right."""
        name = f"draft {number}.docx"
        seen = []
        while True:
            answer = httpx.post(f"{service.address}/api/v1/checks", files={"file": (name, data)}, timeout=240)
            seen.append(answer.status_code)
            if answer.status_code != 429:
                assert answer.json() == expected | {"file": name}
                return seen
            assert answer.headers["content-type"] == "application/problem+json"
            time.sleep(int(answer.headers["retry-after"]))

    with serving(tmp_path, workers=1, queue=2) as service, ThreadPoolExecutor(PEOPLE) as people:
        told = list(people.map(person, range(PEOPLE)))
        assert [200] in told
        assert [429, 200] in told
        assert all(seen in ([200], [429, 200]) for seen in told)
        assert 'qualitycheck_checks_total{outcome="busy"}' in httpx.get(f"{service.address}/metrics").text
