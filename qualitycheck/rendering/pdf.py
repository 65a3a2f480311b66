"""A Word file as tagged PDF, made by LibreOffice where it is on the machine.

LibreOffice reads and writes files, so for some seconds the bytes of a confidential form lie in one: in a folder of our
own that nobody else may open (mode 0700), in memory (/dev/shm) where the system has that and has room, otherwise where
the system keeps what is temporary. LibreOffice's own profile, which would remember the name of the file, lies in the
same folder, its temporary files too; the folder is removed whatever happens, and what LibreOffice says is not read, so
that nothing of it can reach a log. A machine that swaps memory to disk, or keeps temporary files on one, should have
that disk encrypted, as docs/security.md asks of all that the service runs on.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from qualitycheck.errors import QualityCheckError
from qualitycheck.limits import MEBIBYTE

SECONDS = 90  # for one file, its first start included; a form takes some five
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in it that is ours alone
ROOM = 256 * MEBIBYTE  # a profile takes some 20 of them
MISSING = "LibreOffice is not on this machine, so there is no PDF: take the Word file, or have LibreOffice installed."
BUSY = "Other forms are being turned into PDF at this moment: try again in a minute, or take the Word file."
FAILED = "LibreOffice made no PDF of it: take the Word file, or try again."
_FILTER = (
    'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"PDFUACompliance":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
)
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SYSTEMROOT")  # of the environment, which may hold secrets
_one_at_a_time = Lock()  # each takes a processor and some 200 MiB


class NoPdf(QualityCheckError):
    """There is none; the text is a plain sentence that says what to do."""


class NoOffice(NoPdf):
    """LibreOffice is not there."""


def office() -> str | None:
    """LibreOffice's program, if it is on this machine."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(word: bytes, seconds: float = SECONDS) -> bytes:
    """Tagged PDF of a .docx, one at a time; others wait.

    Raises:
        NoOffice: if LibreOffice is not on this machine.
        NoPdf: if it made none in time.
    """
    program = office()
    if program is None:
        raise NoOffice(MISSING)
    if not _one_at_a_time.acquire(timeout=seconds):
        raise NoPdf(BUSY)
    try:
        with TemporaryDirectory(prefix="qualitycheck-", dir=_place(), ignore_cleanup_errors=True) as folder:
            return _converted(program, Path(folder), word, seconds)
    finally:
        _one_at_a_time.release()


def _place() -> Path | None:
    """Memory, where there is room; None: where the system keeps what is temporary."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK)):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ROOM else None


def _converted(program: str, folder: Path, word: bytes, seconds: float) -> bytes:
    given, made = folder / "form.docx", folder / "form.pdf"
    given.write_bytes(word)
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    command += ["--nolockcheck", "--convert-to", _FILTER, "--outdir", str(folder), str(given)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {name: str(folder) for name in ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")}
    process = subprocess.Popen(  # noqa: S603 - a program of the machine, with words of our own
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
        return made.read_bytes()
    except (subprocess.TimeoutExpired, OSError):
        raise NoPdf(FAILED) from None
    finally:
        if process.poll() is None:
            _kill(process)
            _remove_pipe(profile)


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The program and what it started: LibreOffice's own is a child of the one that was called."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _remove_pipe(profile: str) -> None:
    """What LibreOffice leaves when it is killed: a socket, in a folder of its own choice, by which it would be reached.

    It is named by a digest of the address of the profile (`RequestHandler::Enable` of its desktop module).
    """
    digest = hashlib.md5(profile.encode("utf-16le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    for place in ("/tmp", "/var/tmp"):  # noqa: S108 - nothing is written there
        for pipe in Path(place).glob(f"OSL_PIPE_*_SingleOfficeIPC_{name}"):
            pipe.unlink(missing_ok=True)
