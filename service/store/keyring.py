"""The keys: one file a case or sample, wrapped with the master key, outside the database and so outside its backups.

Destroying a key takes the text of what it was for out of every backup there is: what is left there opens with nothing.
`service.key` is the service's own: for what belongs to neither, and for the audit log.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from qualitycheck.errors import BadSetting, UserError
from qualitycheck.service.settings import Settings
from qualitycheck.service.store.ciphers import KEY_BYTES, DoesNotOpen, Sealing, derived
from qualitycheck.service.store.locks import locked

SERVICE = "service"
SUFFIX, DOOMED, ENDS = ".key", ".doomed", "audit.json"
_NAME = re.compile(r"[0-9a-z]{1,64}")
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_ID_BYTES = 8  # of a master key's name, before each key that it wraps


class KeyDestroyed(UserError):
    """What is asked for was deleted, and its key with it."""


class Masters:
    """The master keys, newest first: the newest wraps, the others open what is not yet wrapped anew."""

    def __init__(self, settings: Settings) -> None:
        self._given = settings.key.get_secret_value()
        self.file = settings.key_file or settings.data_folder / "master.key"
        self._is_ours = settings.key_file is None

    @property
    def given(self) -> bool:
        """As a setting, not in a file."""
        return bool(self._given)

    def make_if_none(self, may_make: bool) -> None:
        """Raises BadSetting where a key is needed that is not there, or should be there already."""
        if self.given or self.file.exists():
            return
        if not self._is_ours:
            raise BadSetting(f"key_file names {self.file}, which is not there: make one with `openssl rand -hex 32`")
        if not may_make:
            raise BadSetting(
                f"the master key {self.file} is not there, and the store cannot be read without: put it back"
            )
        self.write([secrets.token_bytes(KEY_BYTES)])

    def all(self) -> list[bytes]:
        """Read anew each time: another process may have rotated them. Raises BadSetting."""
        return _parsed(self._given.split(","), "key") if self._given else self._read()

    def _read(self) -> list[bytes]:
        try:
            if sys.platform != "win32" and self.file.stat().st_mode & 0o077:
                raise BadSetting(f"others can read the master key {self.file}: give it to its owner only (chmod 600)")
            return _parsed(self.file.read_text("ascii").split(), f"the master key in {self.file}")
        except (OSError, UnicodeDecodeError):
            raise BadSetting(f"the master key {self.file} cannot be read: check the file and who owns it") from None

    def write(self, keys: list[bytes]) -> None:
        _put(self.file, "".join(f"{key.hex()}\n" for key in keys).encode())


class Keyring:
    """The folder of keys and its copy."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.keys_folder
        self._folders = [self.folder] + ([settings.keyring_copy] if settings.keyring_copy else [])
        self.masters = Masters(settings)
        self._cipher = Sealing()

    def open(self, is_new: bool) -> None:
        """Make what is missing where the store `is_new`; else see that the keys open.

        Raises:
            BadSetting: if the keys are not there, or not wrapped with the master key that was given.
        """
        self._refuse_one_in_the_other()
        for folder in self._folders:
            make_folder(folder)
        with self._locked():
            has_keys = bool(self.ids()) or self.has(SERVICE)
            self.masters.make_if_none(is_new and not has_keys)
            if not self.has(SERVICE):
                if not is_new:
                    raise BadSetting(
                        f"the keyring {self.folder} is not this store's: put its keys back, from keyring_copy say"
                    )
                self._write(SERVICE, secrets.token_bytes(KEY_BYTES), self.masters.all()[0])
            for copy in self._folders[1:]:
                self._fill(copy)
            known = {_name_of(master) for master in self.masters.all()}
            strange = sum(self._wrapped_by(name) not in known for name in [SERVICE, *self.ids()])
        if strange:
            raise BadSetting(
                f"the master key is not the one that this store was sealed with ({strange} keys do not open): "
                "give the right one, after the newest if it was rotated"
            )

    def _refuse_one_in_the_other(self) -> None:
        """A copy in the same place is lost with it, and deleting a case would find its key gone already."""
        here, *copies = (folder.resolve() for folder in self._folders)
        if any(copy == here or copy in here.parents or here in copy.parents for copy in copies):
            raise BadSetting(f"keyring_copy must lie apart from the keyring {here}: name a folder on another disk")

    def ids(self) -> list[str]:
        """The cases and samples that have a key."""
        return sorted(path.stem for path in self.folder.glob(f"*{SUFFIX}") if path.stem != SERVICE)

    def has(self, id: str) -> bool:
        return self._path(self.folder, id).is_file()

    def without_copy(self) -> list[str]:
        """Those whose key is not in the copy."""
        return [name for name in self.ids() for folder in self._folders[1:] if not self._path(folder, name).is_file()]

    def make(self, id: str) -> bytes:
        """A new key of 256 random bits, written here and in the copy before it is used."""
        key = secrets.token_bytes(KEY_BYTES)
        with self._locked():
            self._write(id, key, self.masters.all()[0])
        return key

    def key(self, id: str) -> bytes:
        """Raises KeyDestroyed if the case or sample was deleted."""
        try:
            return self._read(id)
        except DoesNotOpen:  # it is being rotated just now: wait until that is done
            with self._locked():
                try:
                    return self._read(id)
                except DoesNotOpen:
                    raise BadSetting(
                        f"the key {id}{SUFFIX} in {self.folder} does not open: the master key is not the right one"
                    ) from None

    @property
    def service_key(self) -> bytes:
        return self.key(SERVICE)

    @property
    def audit_key(self) -> bytes:
        return derived(self.service_key, "audit log")

    # It is doomed before its rows go and destroyed after: whatever is interrupted is finished at the next start.

    def doom(self, id: str) -> None:
        _put(self.folder / f"{_named(id)}{DOOMED}", b"")

    def spare(self, id: str) -> None:
        (self.folder / f"{_named(id)}{DOOMED}").unlink(missing_ok=True)

    def doomed(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob(f"*{DOOMED}"))

    def destroy(self, id: str) -> None:
        """Overwrite and remove the key, here and in the copy.

        Raises:
            BadSetting: if the copy is out of reach; it stays doomed, and the next purge tries again.
        """
        with self._locked():
            for folder in self._folders:
                try:
                    if not self._path(folder, SERVICE).is_file():  # its disk is away, whatever is in its place
                        raise FileNotFoundError
                    _destroy(self._path(folder, id))
                except OSError:
                    raise BadSetting(
                        f"the key of a deleted case could not be destroyed in {folder}: make the folder writable, "
                        "and run `qualitycheck store purge`"
                    ) from None
            self.spare(id)

    # Where the audit log begins and ends, which its writers agree on here.

    def ends(self) -> dict[str, Any]:
        """Raises BadSetting if the file is not what was written."""
        try:
            found = json.loads((self.folder / ENDS).read_bytes())
            assert set(found) == {"first", "before", "last", "hash"}
        except FileNotFoundError:
            return {"first": 1, "before": "0" * 64, "last": 0, "hash": "0" * 64}
        except (OSError, ValueError, AssertionError, TypeError):
            raise BadSetting(f"{self.folder / ENDS}, where the audit log begins and ends, cannot be read") from None
        return dict(found)

    def change_ends(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        with self._locked():
            now = self.ends()
            if (later := change(now)) != now:
                self._put_ends(later)

    def replace_ends(self, ends: dict[str, Any]) -> None:
        with self._locked():
            self._put_ends(ends)

    def _put_ends(self, ends: dict[str, Any]) -> None:
        data = json.dumps(ends).encode()
        _put(self.folder / ENDS, data, lasting=False)
        for copy in self._folders[1:]:
            with suppress(BadSetting):  # it says nothing of any case: a copy out of reach stops nobody's work
                _put(copy / ENDS, data, lasting=False)

    def rotate(self) -> int:
        """Wrap every key with a new master key, or with the newest that was given; safe to interrupt and run again.

        The old master key is dropped from its file only when nothing is wrapped with it any more.

        Returns:
            How many keys were wrapped anew.

        Raises:
            BadSetting: if the key was given as a setting and there is only one.
        """
        with self._locked():
            masters = self.masters.all()
            if len(masters) == 1:
                if self.masters.given:
                    raise BadSetting("key holds one key: put the new one before it, with a comma, and run this again")
                masters.insert(0, secrets.token_bytes(KEY_BYTES))
                self.masters.write(masters)
            newest = masters[0]
            done = 0
            for name in [SERVICE, *self.ids()]:
                if any(self._wrapped_by(name, folder) != _name_of(newest) for folder in self._folders):
                    self._write(name, self._read(name), newest)
                    done += 1
            if not self.masters.given:
                self.masters.write([newest])
            return done

    def _fill(self, copy: Path) -> None:
        """Give the copy the keys it lacks. Raises BadSetting if it had them once and is empty now: its disk is away."""
        filled = self.folder / ".copy"
        is_known = filled.is_file() and filled.read_text("utf-8") == str(copy)
        if is_known and not self._path(copy, SERVICE).is_file():
            raise BadSetting(f"the keys are not in keyring_copy, {copy}, any more: see that its disk is mounted")
        for name in [SERVICE, *self.ids()]:
            if not self._path(copy, name).is_file():
                _put(self._path(copy, name), self._path(self.folder, name).read_bytes())
        if not is_known:
            _put(filled, str(copy).encode())

    def _locked(self) -> AbstractContextManager[None]:
        return locked(self.folder / ".lock")

    def _write(self, name: str, key: bytes, master: bytes) -> None:
        wrapped = _name_of(master) + self._cipher.seal(master, key, f"keyring\x00{name}")
        for folder in reversed(self._folders):  # the copy first: a key that is used is in both
            _put(self._path(folder, name), wrapped)

    def _read(self, name: str) -> bytes:
        """Raises KeyDestroyed and DoesNotOpen."""
        try:
            wrapped = self._path(self.folder, name).read_bytes()
        except FileNotFoundError:
            raise KeyDestroyed(f"{name} was deleted, and its key with it: nothing of it can be read any more") from None
        by, sealed = wrapped[:_ID_BYTES], wrapped[_ID_BYTES:]
        for master in self.masters.all():
            if _name_of(master) == by:
                return self._cipher.unseal(master, sealed, f"keyring\x00{name}")
        raise DoesNotOpen

    def _wrapped_by(self, name: str, folder: Path | None = None) -> bytes:
        try:
            with self._path(folder or self.folder, name).open("rb") as file:
                return file.read(_ID_BYTES)
        except FileNotFoundError:  # destroyed just now by another process, or not in the copy yet
            return b""

    @staticmethod
    def _path(folder: Path, name: str) -> Path:
        return folder / f"{_named(name)}{SUFFIX}"


def make_folder(folder: Path) -> None:
    """A folder for its owner only; raises BadSetting if it cannot be."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as error:
        raise BadSetting(
            f"the folder {folder} cannot be used ({error.strerror}): choose another, or make it yours"
        ) from None


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError("no name of a key")
    return name


def _parsed(texts: list[str], what: str) -> list[bytes]:
    found = [text.strip() for text in texts if text.strip()]
    if not found or not all(_HEX.fullmatch(text) for text in found):
        raise BadSetting(f"{what} must be 64 hexadecimal digits, as `openssl rand -hex 32` makes them")
    return [bytes.fromhex(text) for text in found]


def _name_of(master: bytes) -> bytes:
    """Which master key it is, without saying anything of it."""
    return hashlib.sha256(b"qualitycheck master key" + master).digest()[:_ID_BYTES]


def _put(path: Path, data: bytes, lasting: bool = True) -> None:
    """Write whole or not at all, for its owner only, and overwrite what was there before. Raises BadSetting.

    `lasting`: on the disk before this returns, whatever happens to the power.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        old = os.open(path, os.O_RDWR) if sys.platform != "win32" and path.exists() else None
        try:
            temporary.unlink(missing_ok=True)
            with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                if lasting:
                    os.fsync(file.fileno())
            temporary.replace(path)
            if lasting:
                _sync_folder(path.parent)
            if lasting and old is not None:
                _overwrite(old)
        finally:
            temporary.unlink(missing_ok=True)
            if old is not None:
                os.close(old)
    except OSError as error:
        raise BadSetting(f"{path} cannot be written ({error.strerror}): make its folder writable") from None


def _destroy(path: Path) -> None:
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return
    try:
        _overwrite(file)
    finally:
        os.close(file)
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _overwrite(file: int) -> None:
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, os.urandom(os.fstat(file).st_size))
    os.fsync(file)


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
