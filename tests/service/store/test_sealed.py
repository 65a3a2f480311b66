"""Nothing of what is kept can be read where it lies: first that the search finds it there, then that it does not.

The words are planted in everything a person may write or upload. The search looks through the bytes of every file of
the store (the database, its log, the keys), through backups and all that they hold, and through every
row of every table, as a dump shows it.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from sqlalchemy import text

from qualitycheck.precourt.reading import Answer
from qualitycheck.service.access.who import Role
from qualitycheck.service.settings import Settings
from qualitycheck.service.store.backup import back_up, restore
from qualitycheck.service.store.ciphers import DoesNotOpen, place
from qualitycheck.service.store.keyring import KeyDestroyed
from qualitycheck.service.store.store import Store
from qualitycheck.service.store.tables import Table

from .kept import FILING, check, finding, said, sampled, who

PLANTED = {
    "title": "Wolverhamptonshire",
    "draft": "Quetzalcoatlus",
    "file name": "Xylographer",
    "passage": "Brobdingnagian",
    "fingerprint": "fedcba9876543210",
    "reason": "Zarathustrian",
    "author's name": "Mxyzptlkian",
    "why it was handed on": "Rumpelstiltskin",
    "comment": "Frumious",
    "passage opened": "Galumphing",
    "answer": "Tulgey",
    "sample": "Uffishthought",
    "alarm": "Jabberwockian",
    "alarm's passage": "Snarkhunting",
    "alarm of no case": "Borogovian",
}


class Open:
    """No cipher at all."""

    def seal(self, key: bytes, plain: bytes, place: str) -> bytes:
        return plain

    def unseal(self, key: bytes, sealed: bytes, place: str) -> bytes:
        return sealed


def plant(store: Store) -> tuple[str, str]:
    case = store.cases.add("ann", None, PLANTED["title"])
    draft = store.drafts.keep(
        case.id,
        "ann",
        check(
            PLANTED["draft"],
            (finding(PLANTED["fingerprint"], PLANTED["passage"]),),
            {PLANTED["fingerprint"]: PLANTED["reason"]},
            f"{PLANTED['file name']}.docx",
        ),
    )
    reading = store.readings.ask(draft, FILING, "manager", "mia", "ann", author_name=PLANTED["author's name"])
    store.readings.hand(reading, "moe", "manager", "mia", PLANTED["why it was handed on"])
    store.readings.change(reading, lambda _: said(PLANTED["comment"], "c1"))
    store.readings.spend(reading, 60, [PLANTED["passage opened"]])
    store.readings.give_back(reading)
    store.readings.answer(reading, {"c1": Answer("not-changed", PLANTED["answer"], datetime.now(UTC))})
    sampled(store, PLANTED["sample"])
    tool = {"program": "1"}
    store.false_alarms.add("c", "r", 0.5, tool, case.id, PLANTED["alarm"], PLANTED["alarm's passage"])
    store.false_alarms.add("c", "r", 0.5, tool, None, PLANTED["alarm of no case"])
    store.audit.write("ann", "kept", f"draft {draft}")
    return case.id, draft


def in_files(*folders: Path) -> Iterator[bytes]:
    """Every file, as bytes; what is packed also unpacked."""
    for file in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        yield file.name.encode()
        yield file.read_bytes()
        if is_zipfile(file):
            with ZipFile(file) as archive:
                for name in archive.namelist():
                    yield archive.read(name)
                    if name.startswith("tables/"):
                        yield from unpacked(archive.read(name))


def in_tables(store: Store) -> Iterator[bytes]:
    """Every value, as a dump of the database has it."""
    with store.database.engine.connect() as connection:
        for table in Table.metadata.sorted_tables:
            for row in connection.execute(text(f'SELECT * FROM "{table.name}"')):  # noqa: S608
                for value in row:
                    yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def unpacked(lines: bytes) -> Iterator[bytes]:
    for line in lines.splitlines():
        values: dict[str, Any] = json.loads(line)
        for value in values.values():
            if isinstance(value, dict) and "bytes" in value:
                yield base64.b64decode(value["bytes"])


def found(everything: Iterable[bytes]) -> set[str]:
    """Which of the planted words can be read."""
    kinds: set[str] = set()
    for data in everything:
        kinds |= {what for what, word in PLANTED.items() if word.encode() in data}
    return kinds


def test_the_search_finds_every_word_when_nothing_is_sealed(settings: Settings, tmp_path: Path) -> None:
    data, backups = settings.data_folder, tmp_path / "backups"
    backups.mkdir()
    with Store.open(settings, Open()) as store:
        plant(store)
        back_up(store, backups / "store.zip")
        assert found(in_tables(store)) == found(in_files(backups)) == set(PLANTED)
        if store.database.is_sqlite:
            assert found([(data / "store.db-wal").read_bytes()]) == set(PLANTED)
    if store.database.is_sqlite:  # closed: what was in the log is in the database now
        assert found([(data / "store.db").read_bytes()]) == set(PLANTED)


def test_it_finds_none_when_it_is_sealed_nor_after_the_case_was_deleted(settings: Settings, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    backups.mkdir()

    def all_of(store: Store) -> Iterator[bytes]:
        return chain(in_files(settings.data_folder, backups), in_tables(store))

    with Store.open(settings) as store:
        case, draft = plant(store)
        back_up(store, backups / "old.zip")
        assert store.drafts.get(draft).name == f"{PLANTED['file name']}.docx"  # it is all there, for who may read it
        assert [view.title for view in store.cases.of(who("ann", Role.PRACTITIONER))] == [PLANTED["title"]]
        assert found(all_of(store)) == set()
        store.retention.purge()
        store.keyring.rotate()
        assert found(all_of(store)) == set()
        # An old copy of the rows as well, as a copy of the database file would have it
        with store.together() as session:
            rows = {
                table.name: [dict(row) for row in session.execute(table.select()).mappings()]
                for table in Table.metadata.sorted_tables
                if table.name in ("case", "draft", "decision", "reading", "reading_round")
            }
        store.cases.delete(case)
        assert store.drafts.get(draft) is None
        assert restore(store, backups / "old.zip", replace=True, without_keys=True).cases_without_key == 1
        assert store.drafts.get(draft) is None
        with store.together() as session:
            for name, values in rows.items():
                session.execute(Table.metadata.tables[name].insert(), values)
        with pytest.raises(KeyDestroyed, match="was deleted"):
            store.drafts.get(draft)
        assert store.cases.get(case) is None
        assert store.readings.of_case(case) == []
        assert found(all_of(store)) == set()
    assert found(in_files(settings.data_folder, backups)) == set()


def test_deleting_is_enough_even_for_whoever_has_the_master_key(settings: Settings) -> None:
    """What is left of a deleted case opens with none of the keys that are left."""
    with Store.open(settings) as store:
        case, draft = plant(store)
        with store.together() as session:
            sealed = session.execute(Table.metadata.tables["draft"].select()).mappings().one()["sealed"]
        store.cases.delete(case)
        keys = [store.keyring.service_key, store.keyring.audit_key, *store.keyring.masters.all()]
    for key in keys:
        with pytest.raises(DoesNotOpen):
            store.cipher.unseal(key, sealed, place("draft", "sealed", draft))
