"""The keys: whose they are, that they are destroyed, and that the master key can be changed at any moment."""

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import update

from qualitycheck.errors import BadSetting
from qualitycheck.service.settings import Settings
from qualitycheck.service.store import keyring as keys
from qualitycheck.service.store.ciphers import KEY_BYTES, DoesNotOpen, Sealing, derived, place
from qualitycheck.service.store.keyring import KeyDestroyed
from qualitycheck.service.store.store import Store
from qualitycheck.service.store.tables import Case, Draft

from .kept import check

OLD, NEW, OTHER = "a1" * 32, "b2" * 32, "c3" * 32


@pytest.fixture
def kind() -> str:
    """Keys lie in files: on which database the rest lies makes no difference."""
    return "sqlite"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_everything_is_its_owners_alone(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "a" / "data", keyring_copy=tmp_path / "b" / "copy")
    before = os.umask(0)
    try:
        with Store.open(settings) as store:
            case = store.cases.add("ann", None, "A family")
            store.drafts.keep(case.id, "ann", check())
            store.audit.write("ann", "kept", "draft")
            below = [path for top in (settings.data_folder, settings.keyring_copy) for path in (top, *top.rglob("*"))]
            modes = {path.name: mode(path) for path in below}
    finally:
        os.umask(before)
    assert {"store.db", "store.db-wal", "master.key", f"{case.id}.key", "audit.json"} <= set(modes)
    assert {name: bits for name, bits in modes.items() if bits not in (0o600, 0o700)} == {}
    assert all(mode(path) == (0o700 if path.is_dir() else 0o600) for path in below if path.exists())


@pytest.mark.parametrize("copy", ["data/keyring", "data/keyring/copy", "data", "link"])
def test_the_copy_of_the_keyring_lies_apart_from_it(copy: str, tmp_path: Path) -> None:
    (tmp_path / "data" / "keyring").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "data" / "keyring")
    with pytest.raises(BadSetting, match="keyring_copy must lie apart"):
        Store.open(Settings(data_folder=tmp_path / "data", keyring_copy=tmp_path / copy))


def test_a_sealed_value_opens_only_where_it_was_put(store: Store) -> None:
    cipher, key = Sealing(), os.urandom(KEY_BYTES)
    here = place("draft", "sealed", "1")
    sealed = cipher.seal(key, b"words", here)
    assert b"words" not in sealed
    assert cipher.unseal(key, sealed, here) == b"words"
    assert cipher.seal(key, b"words", here) != sealed
    wrong = [
        (key, sealed, place("draft", "sealed", "2")),
        (key, sealed, place("draft", "sealed_file", "1")),
        (os.urandom(KEY_BYTES), sealed, here),
        (key, sealed[:-1] + bytes([sealed[-1] ^ 1]), here),
        (key, b"\x02" + sealed[1:], here),
        (key, b"", here),
    ]
    for values in wrong:
        with pytest.raises(DoesNotOpen):
            cipher.unseal(*values)
    case = store.cases.add("ann", None, "A family")
    one, two = (store.drafts.keep(case.id, "ann", check()) for _ in range(2))
    with store.together() as session:
        session.execute(update(Draft).where(Draft.id == one).values(sealed=session.get(Draft, two).sealed))
    with pytest.raises(DoesNotOpen):
        store.drafts.get(one)


def test_every_case_has_a_key_of_its_own(store: Store) -> None:
    cases = [store.cases.add("ann", None, "A family").id for _ in range(3)]
    found = {store.keyring.key(case) for case in cases} | {store.keyring.service_key, store.keyring.audit_key}
    assert len(found) == 5
    assert all(len(key) == 32 for key in found)
    assert derived(b"k" * 32, "one") != derived(b"k" * 32, "two")
    written = b"".join(path.read_bytes() for path in store.keyring.folder.iterdir())
    assert not any(key in written for key in found)  # wrapped


def test_a_key_is_overwritten_before_it_is_unlinked_here_and_in_the_copy(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "data", keyring_copy=tmp_path / "copy")
    with Store.open(settings) as store:
        case = store.cases.add("ann", None, "A family").id
        files = [folder / f"{case}.key" for folder in (settings.keys_folder, tmp_path / "copy")]
        before = files[0].read_bytes()
        assert [file.read_bytes() for file in files] == [before, before]
        kept = [tmp_path / f"kept{number}" for number in range(2)]  # the same blocks of the disk by another name
        for file, link in zip(files, kept, strict=True):
            link.hardlink_to(file)
        store.cases.delete(case)
        assert not any(file.exists() for file in files)
        assert all(link.read_bytes() != before and len(link.read_bytes()) == len(before) for link in kept)
        with pytest.raises(KeyDestroyed, match="was deleted"):
            store.keyring.key(case)
        assert list((tmp_path / "copy").glob("*.doomed")) == list(settings.keys_folder.glob("*.doomed")) == []


def test_a_copy_out_of_reach_is_said_and_seen_to_later(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    with Store.open(Settings(data_folder=tmp_path / "data", keyring_copy=copy)) as store:
        case = store.cases.add("ann", None, "A family").id
        copy.rename(tmp_path / "away")
        with pytest.raises(BadSetting, match="run `qualitycheck store purge`"):
            store.cases.delete(case)
        assert store.cases.get(case) is None
        assert not store.keyring.has(case)
        with pytest.raises(BadSetting, match="cannot be written"):
            store.cases.add("ann", None, "Another")
        (tmp_path / "away").rename(copy)
        assert (copy / f"{case}.key").exists()
        store.retention.purge()
        assert not (copy / f"{case}.key").exists()
        assert store.keyring.doomed() == []


def test_a_copy_that_is_set_later_is_filled_and_its_disk_is_missed_when_it_is_away(tmp_path: Path) -> None:
    with Store.open(Settings(data_folder=tmp_path / "data")) as store:
        case = store.cases.add("ann", None, "A family").id
    copy = tmp_path / "copy"
    settings = Settings(data_folder=tmp_path / "data", keyring_copy=copy)
    with Store.open(settings) as store:
        assert (copy / f"{case}.key").read_bytes() == (settings.keys_folder / f"{case}.key").read_bytes()
        assert store.keyring.without_copy() == []
        copy.rename(tmp_path / "away")
        copy.mkdir()  # the empty folder that a disk is mounted on
        with pytest.raises(BadSetting, match="run `qualitycheck store purge`"):
            store.cases.delete(case)
    with pytest.raises(BadSetting, match="see that its disk is mounted"):
        Store.open(settings)
    copy.rmdir()
    (tmp_path / "away").rename(copy)
    Store.open(settings).close()
    assert not (copy / f"{case}.key").exists()


def test_what_was_being_deleted_when_the_power_went_is_deleted_at_the_next_start(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(settings) as store:
        case = store.cases.add("ann", None, "A family").id
        with monkeypatch.context() as power:
            power.setattr(type(store.keyring), "destroy", lambda *_: None)
            store.cases.delete(case)
        assert store.keyring.has(case)
    with Store.open(settings) as store:
        assert not store.keyring.has(case)


def test_a_master_key_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "my.key"
    settings = Settings(data_folder=tmp_path / "data", key_file=file)
    with pytest.raises(BadSetting, match="openssl rand -hex 32"):
        Store.open(settings)
    file.write_text(OLD + "\n")
    file.chmod(0o644)
    with pytest.raises(BadSetting, match="others can read"):
        Store.open(settings)
    file.chmod(0o600)
    Store.open(settings).close()
    assert not (tmp_path / "data" / "master.key").exists()
    file.write_text("not a key")
    with pytest.raises(BadSetting, match="64 hexadecimal digits") as refused:
        Store.open(settings)
    assert "not a key" not in str(refused.value)


def test_the_wrong_master_key_is_one_sentence(tmp_path: Path) -> None:
    def settings(key: str) -> Settings:
        return Settings(data_folder=tmp_path / "data", key=key)

    with Store.open(settings(OLD)) as store:
        store.cases.add("ann", None, "A family")
    with pytest.raises(BadSetting, match="not the one that this store was sealed with") as refused:
        Store.open(settings(NEW))
    assert NEW not in str(refused.value)
    Store.open(settings(f"{NEW}, {OLD}")).close()


def test_keys_that_are_gone_are_not_made_anew_over_a_store_that_needs_them(settings: Settings, tmp_path: Path) -> None:
    with Store.open(settings) as store:
        case = store.cases.add("ann", None, "A family")
    master = settings.data_folder / "master.key"
    master.rename(tmp_path / "master.key")
    with pytest.raises(BadSetting, match="put it back"):
        Store.open(settings)
    (tmp_path / "master.key").rename(master)
    settings.keys_folder.rename(tmp_path / "away")
    with pytest.raises(BadSetting, match="put its keys back"):
        Store.open(settings)
    shutil.rmtree(settings.keys_folder)  # empty but for its lock
    (tmp_path / "away").rename(settings.keys_folder)
    with Store.open(settings) as store:
        assert store.cases.get(case.id) == case


def test_rotation_wraps_everything_anew_and_drops_the_old(tmp_path: Path) -> None:
    settings = Settings(data_folder=tmp_path / "data", keyring_copy=tmp_path / "copy")
    with Store.open(settings) as store:
        case = store.cases.add("ann", None, "A family")
        master = settings.data_folder / "master.key"
        before, key = master.read_text(), store.keyring.key(case.id)
        assert store.keyring.rotate() == 2
        assert len(master.read_text().split()) == 1
        assert master.read_text() != before
        assert mode(master) == 0o600
        assert store.keyring.key(case.id) == key  # in the same process, and in the next
        new = store.cases.add("ann", None, "Another")
    names = {path.name for path in settings.keys_folder.glob("*.key")}
    assert {path.name for path in (tmp_path / "copy").glob("*.key")} == names
    assert all((tmp_path / "copy" / name).read_bytes() == (settings.keys_folder / name).read_bytes() for name in names)
    with Store.open(settings) as store:
        assert store.cases.get(case.id) == case
        assert store.cases.get(new.id) == new
    master.write_text(before)
    with pytest.raises(BadSetting, match="not the one"):
        Store.open(settings)


def test_rotation_to_a_key_that_is_given(tmp_path: Path) -> None:
    def opened(key: str) -> Store:
        return Store.open(Settings(data_folder=tmp_path / "data", key=key))

    with opened(OLD) as store:
        case = store.cases.add("ann", None, "A family")
        with pytest.raises(BadSetting, match="put the new one before it"):
            store.keyring.rotate()
    with opened(f"{NEW},{OLD}") as store:
        assert store.keyring.rotate() == 2
        assert store.keyring.rotate() == 0
    with opened(NEW) as store:
        assert store.cases.get(case.id) == case


class PowerCutError(Exception):
    pass


@contextmanager
def power_for(writes: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So many files are written, and no more."""
    real, left = keys._put, [writes]

    def put(path: Path, data: bytes, lasting: bool = True) -> None:
        if not left[0]:
            raise PowerCutError
        left[0] -= 1
        real(path, data, lasting)

    with monkeypatch.context() as patched:
        patched.setattr(keys, "_put", put)
        yield


def test_rotation_may_stop_anywhere_and_be_run_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data_folder=tmp_path / "data", keyring_copy=tmp_path / "copy")
    with Store.open(settings) as store:
        cases = [store.cases.add("ann", None, f"Family {number}") for number in range(3)]
    stops = 0
    while True:
        with Store.open(settings) as store, power_for(stops, monkeypatch):
            try:
                store.keyring.rotate()
                finished = True
            except PowerCutError:
                finished = False
        with Store.open(settings) as store:  # everything opens, wherever it stopped
            assert [store.cases.get(case.id) for case in cases] == cases
            if finished:
                break
            store.keyring.rotate()
            assert len((settings.data_folder / "master.key").read_text().split()) == 1
            assert [store.cases.get(case.id) for case in cases] == cases
        stops += 1
    assert stops == 2 + 2 * 4  # the master key before and after; each of four keys twice


def test_a_case_whose_rows_came_back_is_said_to_be_deleted(store: Store) -> None:
    """As when somebody puts an old database file back by hand."""
    case = store.cases.add("ann", None, "A family")
    draft = store.drafts.keep(case.id, "ann", check())
    with store.together() as session:
        row = {column.name: getattr(session.get(Case, case.id), column.name) for column in Case.__table__.columns}
        rows = session.get(Draft, draft)
        draft_row = {column.name: getattr(rows, column.name) for column in Draft.__table__.columns}
    store.cases.delete(case.id)
    with store.together() as session:
        session.add(Case(**row))
        session.flush()
        session.add(Draft(**draft_row))
    assert store.cases.get(case.id) is None
    with pytest.raises(KeyDestroyed, match="was deleted"):
        store.drafts.get(draft)
