"""A real PostgreSQL for the tests of the store: a cluster of its own in a folder of its own, with a socket there.

`QUALITYCHECK_TEST_POSTGRES=required` (as `make test-postgres` sets it) makes its absence a failure; otherwise the tests
run on SQLite alone where there is no server, and the head of pytest's output says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WANTED = "QUALITYCHECK_TEST_POSTGRES"
NOBODY = ("postgres", "nobody")  # PostgreSQL refuses to run as root: it runs as the first of these then


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`; Debian keeps them off the path. The newest where there are several."""
    on_path = shutil.which("initdb")
    if on_path and shutil.which("postgres"):
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parent.parent.name))
    return found[-1].parent if found else None


def is_here() -> bool:
    """Whether there is one to start; raises RuntimeError where it is required and missing."""
    if programs() is not None:
        return True
    if os.environ.get(WANTED) == "required":
        raise RuntimeError(f"{WANTED} is `required`, and PostgreSQL's server is not installed")
    return False


def said() -> str:
    """For the head of pytest's output."""
    here = programs()
    return (
        f"store: on SQLite and on PostgreSQL ({here})" if here else "store: on SQLite; NOT RUN on PostgreSQL: not here"
    )


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server's `postgres` database; it and its folder are gone afterwards."""
    here = programs()
    assert here is not None
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as name:  # short: a socket's path is
        folder = Path(name)
        become = _someone_else(folder) if os.geteuid() == 0 else {}
        data = str(folder / "data")
        quiet = {"check": True, "capture_output": True, "cwd": name, **become}
        options = ["--username=test", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([here / "initdb", *options, f"--pgdata={data}"], **quiet)
        # Nothing here outlives the tests, so nothing waits for the disk; no network, so no port to collide with.
        settings = f"-k {name} -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        control = [here / "pg_ctl", f"--pgdata={data}", "--wait"]
        with (folder / "log").open("wb") as log:
            subprocess.run([*control, "-o", settings, "start"], check=True, stdout=log, stderr=log, cwd=name, **become)
        try:
            yield f"postgresql+psycopg://test@/postgres?host={name}"
        finally:
            subprocess.run([*control, "--mode=immediate", "stop"], **quiet)


def _someone_else(folder: Path) -> dict[str, object]:
    """As whom to run, for `subprocess`; the folder becomes theirs."""
    import pwd  # not on Windows, where nobody is root

    for name in NOBODY:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise RuntimeError(f"PostgreSQL does not run as root, and there is none of {NOBODY} here")
