"""The tables: made step by step, up and down, with what is in them; never by two at once."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from qualitycheck.errors import BadSetting
from qualitycheck.service.settings import Settings
from qualitycheck.service.store import migrations
from qualitycheck.service.store.database import Database
from qualitycheck.service.store.migrations import BASE, migrate
from qualitycheck.service.store.store import Store
from qualitycheck.service.store.tables import Table

from .kept import check, sent


def tables(database: Database) -> set[str]:
    return set(inspect(database.engine).get_table_names()) - {"alembic_version"}


def test_the_steps_make_the_tables_that_the_program_has(store: Store) -> None:
    with store.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []
        assert migrations.at(connection) == migrations.newest()
    assert tables(store.database) == set(Table.metadata.tables)


def test_down_and_up_again_keeps_what_each_step_has_tables_for(settings: Settings) -> None:
    with Store.open(settings) as store:
        team = store.people.add_team("North")
        person = store.people.add("ann", "Ann", [], [team])
        case = store.cases.add(person.id, team, "A family")
        draft = store.drafts.keep(case.id, person.id, check(decisions={"f": "why"}))
        before = store.drafts.get(draft)
        sent(store, draft)
        store.audit.write(person.id, "kept", f"draft {draft}")
        migrate(store.database, "0001", lose=True)
        assert "reading" not in tables(store.database)
    with Store.open(settings) as store:  # which brings it up again
        assert "reading" in tables(store.database)
        assert store.drafts.get(draft) == before
        assert store.people.get(person.id) == person
        assert store.cases.get(case.id).team == team
        assert store.readings.of_case(case.id) == []
        assert store.audit.verify() == []
        migrate(store.database, BASE, lose=True)
        assert tables(store.database) == set()


def test_rows_are_not_lost_unasked(store: Store) -> None:
    store.false_alarms.add("basis", "rule", 0.5, {})
    with pytest.raises(BadSetting, match=r"no tables for these rows: false_alarm \(1\)"):
        migrate(store.database, "0001")
    assert len(store.false_alarms.all()) == 1
    with store.database.engine.connect() as connection:
        assert migrations.at(connection) == migrations.newest()
    migrate(store.database, "0001", lose=True)
    assert "false_alarm" not in tables(store.database)


def test_a_store_of_a_newer_version_is_left_alone(settings: Settings) -> None:
    with Store.open(settings) as store:
        store.people.add("ann", "Ann", [])
        with store.database.rebuilding() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(BadSetting, match="newer version"):
        Store.open(settings)
    database = Database(settings.database)
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM account")) == 1
    database.close()


def test_a_revision_that_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(BadSetting, match="there is no revision 0815 of the store: there are 0001"):
        migrate(store.database, "0815")


def test_two_that_start_at_once_make_one_store(settings: Settings) -> None:
    start, failures, opened = threading.Barrier(4), [], []

    def begin() -> None:
        start.wait()
        try:
            opened.append(Store.open(settings))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    case = opened[0].cases.add("ann", None, "A family")
    assert [store.cases.get(case.id) for store in opened] == [case] * 4  # one store, one master key, one keyring
    for store in opened:
        store.close()


@pytest.mark.parametrize(
    "address",
    ["mysql://host/db", "sqlite://", "postgresql+psycopg2://host/db", "nonsense", "postgresql+psycopg://h:x/db"],
)
def test_an_address_of_no_database_is_refused(address: str) -> None:
    with pytest.raises(BadSetting, match="database_url"):
        Database(address)


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    address = f"postgresql://me:s3cret@/db?host={tmp_path}"
    with pytest.raises(BadSetting, match="does not answer") as refused:
        Store.open(Settings(data_folder=tmp_path / "data", database_url=address))
    assert "s3cret" not in str(refused.value)
    assert refused.value.__suppress_context__
