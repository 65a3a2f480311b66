"""Work that hangs, dies or eats memory ends with a plain answer, and takes nobody with it."""

from __future__ import annotations

import errno
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from queue import SimpleQueue
from threading import Event
from typing import Any

import pytest

from qualitycheck.errors import BadSetting, UnreadableReport
from qualitycheck.pipeline import Stage
from qualitycheck.result import ReportResult
from qualitycheck.service.settings import Settings
from qualitycheck.service.work import minder
from qualitycheck.service.work.messages import Busy, Terms, WorkerFault
from qualitycheck.service.work.pool import Pool
from tests.service.work.tricks import PLANTED

TRICKS = "tests.service.work.tricks"
SECONDS = 30  # that a test waits at most for what comes at once
MakePool = Callable[..., Pool]


def until(holds: Callable[[], bool], seconds: float = SECONDS) -> bool:
    """Whether it comes to hold, looked at again and again."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.005)
    return True


def runs(process: int) -> bool:
    """Whether there is such a process; one that has ended and was not yet collected does not run."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


@pytest.fixture
def make_pool() -> Iterator[MakePool]:
    made: list[Pool] = []

    def make(workers: int = 1, *, started: bool = True, **given: Any) -> Pool:
        pool = Pool(Settings(workers=workers, **given), TRICKS)
        made.append(pool)
        if started:
            pool.start()
            assert pool.wait(SECONDS, workers)
        return pool

    yield make
    for pool in made:
        pool.close()


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    """One of one worker, for tests that need no settings of their own."""
    made = Pool(Settings(workers=1), TRICKS)
    made.start()
    assert made.wait(SECONDS)
    yield made
    made.close()


def code_of(future: Future[Any]) -> tuple[str, str]:
    with pytest.raises(UnreadableReport) as refused:
        future.result(SECONDS)
    return refused.value.code, refused.value.message


class Busied:
    """A worker that works until it is let go."""

    def __init__(self, pool: Pool, file: Path) -> None:
        told: SimpleQueue[Stage] = SimpleQueue()
        self._file = file
        self.future = pool.submit("wait_for", str(file), tell=told.put)
        assert told.get(timeout=SECONDS) is Stage.READING

    def let_go(self) -> None:
        self._file.touch()


def test_an_answer_comes_back(pool: Pool) -> None:
    assert pool.submit("echo", {"a": (1, b"2")}).result(SECONDS) == {"a": (1, b"2")}


def test_a_report_of_64_mib_goes_through_and_comes_back(pool: Pool) -> None:
    data = os.urandom(1024) * 1024 * 64
    assert pool.submit("echo", data).result(SECONDS) == data


def test_stages_are_told_in_order(pool: Pool) -> None:
    told: list[Stage] = []
    pool.submit("stages", tell=told.append).result(SECONDS)
    assert told == list(Stage)


def test_who_is_told_may_fail_without_harm(pool: Pool) -> None:
    def fail(_: Stage) -> None:
        raise ValueError(PLANTED)

    with pytest.raises(WorkerFault) as fault:
        pool.submit("stages", tell=fail).result(SECONDS)
    assert PLANTED not in str(fault.value)
    assert pool.submit("echo", 1).result(SECONDS) == 1


@pytest.mark.parametrize("way", ["hang", "hang_with_the_lock", "stop"])
def test_what_takes_too_long_is_killed(make_pool: MakePool, way: str) -> None:
    pool = make_pool(check_seconds=0.5)
    old = pool.submit("process").result(SECONDS)
    assert code_of(pool.submit(way)) == (
        "timed-out",
        "took longer than 0.5 seconds to check: check that it is one report, and not a whole bundle",
    )
    assert pool.submit("process").result(SECONDS) != old
    assert until(lambda: not runs(old))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is for Linux")
def test_what_needs_too_much_memory_is_refused(make_pool: MakePool) -> None:
    pool = make_pool(check_mib=64)
    code, message = code_of(pool.submit("eat", 200))
    assert code == "too-complex"
    assert "needs more memory than one report may take (64 MiB)" in message
    assert pool.submit("eat", 16).result(SECONDS) == 16 * 1024 * 1024


@pytest.mark.parametrize("way", ["die", "abort"])
def test_what_kills_its_worker_is_refused(pool: Pool, way: str) -> None:
    code, message = code_of(pool.submit(way))
    assert code == "too-complex"
    assert "stopped the process that was checking it" in message
    assert "memory" in message
    assert pool.submit("echo", 1).result(SECONDS) == 1


@pytest.mark.parametrize("way", ["crash", "leave", "unspeakable", "no_such_task"])
def test_a_crash_of_our_own_says_where_and_quotes_nothing(
    pool: Pool, way: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(WorkerFault, match=r"^[A-Za-z]+ at [a-z_.]+:\d+$") as fault, caplog.at_level(logging.DEBUG):
        pool.submit(way).result(SECONDS)
    assert pool.submit("echo", 1).result(SECONDS) == 1
    said = capfd.readouterr()
    assert PLANTED not in f"{fault.value} {said.out} {said.err} {caplog.text}"
    assert fault.value.__cause__ is None


def test_what_the_user_can_change_is_said(pool: Pool) -> None:
    assert code_of(pool.submit("refuse")) == ("encrypted", "is encrypted: remove the password and try again")
    with pytest.raises(BadSetting, match="auto, section7 or section31"):
        pool.submit("misuse").result(SECONDS)


def test_a_worker_killed_from_outside_while_it_works_harms_no_other(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(workers=2)
    first, second = Busied(pool, tmp_path / "first"), Busied(pool, tmp_path / "second")
    third = pool.submit("process")
    victim = next(m._worker.process.pid for m in pool._minders if m._worker)  # of whichever: both work
    assert victim
    os.kill(victim, signal.SIGKILL)
    first.let_go()
    second.let_go()
    ended = [one.future.exception(SECONDS) for one in (first, second)]
    assert sorted(str(error is None) for error in ended) == ["False", "True"]
    assert third.result(SECONDS) != victim
    assert pool.wait(SECONDS, workers=2)


def test_a_worker_killed_while_idle_is_replaced_at_once_and_harms_nobody(pool: Pool) -> None:
    victim = pool.submit("process").result(SECONDS)
    os.kill(victim, signal.SIGKILL)
    futures = [pool.submit("process") for _ in range(5)]  # the first may be handed to the dead
    assert victim not in {future.result(SECONDS) for future in futures}
    alive = pool.submit("process").result(SECONDS)
    os.kill(alive, signal.SIGKILL)
    assert until(lambda: not pool.ready)
    assert pool.wait(SECONDS)


def test_beyond_the_queue_it_is_busy_and_says_for_how_long(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(queue=2)
    busied = Busied(pool, tmp_path / "go")
    waiting = [pool.submit("echo", n) for n in range(2)]
    with pytest.raises(Busy) as busy:
        pool.submit("echo", 2)
    assert busy.value.retry_after == 2  # until the one at work is done with, nothing having been timed
    assert pool.waiting == 2
    assert [pool.place(future) for future in (busied.future, *waiting)] == [0, 1, 2]
    busied.let_go()
    assert [future.result(SECONDS) for future in waiting] == [0, 1]
    assert pool.submit("echo", 2).result(SECONDS) == 2


def test_without_a_queue_a_free_worker_still_takes_work(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(queue=0)
    assert until(lambda: pool._queue._free != [])
    busied = Busied(pool, tmp_path / "go")
    with pytest.raises(Busy):
        pool.submit("echo", 1)
    busied.let_go()


def test_the_estimate_follows_how_long_jobs_take(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(queue=1)
    for _ in range(60):
        pool.submit("echo", 1).result(SECONDS)
    busied = Busied(pool, tmp_path / "go")
    pool.submit("echo", 1)
    with pytest.raises(Busy) as busy:
        pool.submit("echo", 1)
    assert busy.value.retry_after == 1
    busied.let_go()


def test_what_is_cancelled_before_it_starts_is_skipped_and_makes_room(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(queue=1)
    busied = Busied(pool, tmp_path / "go")
    unwanted = pool.submit("die")
    assert unwanted.cancel()
    assert pool.waiting == 0
    wanted = pool.submit("process")
    busied.let_go()
    assert wanted.result(SECONDS) == busied.future.result(SECONDS)
    assert not busied.future.cancel()


def test_what_a_job_left_is_forgotten_before_the_next(pool: Pool) -> None:
    before = pool.submit("times_forgotten").result(SECONDS)
    assert pool.submit("times_forgotten").result(SECONDS) == before + 1


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_worker_leaves_no_core_file_and_does_not_hear_ctrl_c(pool: Pool) -> None:
    core_bytes, blocked = pool.submit("guarded").result(SECONDS)
    assert core_bytes <= 1
    assert signal.SIGINT in blocked


def test_workers_that_do_not_start_fail_those_who_wait(
    make_pool: MakePool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(minder, "PAUSES", (0.01,))
    pool = make_pool(configuration=tmp_path / "wrong.toml", started=False)
    future = pool.submit("echo", 1)
    pool.start()
    with pytest.raises(WorkerFault, match="no worker could be started"):
        future.result(SECONDS)
    assert not pool.ready


def test_closing_leaves_nobody_waiting_and_no_process(make_pool: MakePool) -> None:
    pool = make_pool(workers=2)
    processes = {m._worker.process.pid for m in pool._minders if m._worker}
    futures = [pool.submit("hang") for _ in range(4)]
    pool.close()
    assert len(processes) == 2
    assert not any(runs(process) for process in processes if process)
    for future in futures:
        with pytest.raises((WorkerFault, CancelledError)):
            future.result(0)
    with pytest.raises(WorkerFault):
        pool.submit("echo", 1)
    pool.close()


def test_a_worker_that_cannot_be_built_is_tried_again(make_pool: MakePool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minder, "PAUSES", (0.01,))
    build, tries = minder.Worker, 0

    def no_handles_at_first(terms: Terms) -> minder.Worker:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError(errno.EMFILE, "Too many open files")
        return build(terms)

    monkeypatch.setattr(minder, "Worker", no_handles_at_first)
    pool = make_pool()
    assert tries == 3
    assert pool.submit("echo", "heard").result(SECONDS) == "heard"


def test_every_check_is_counted_once_by_how_it_ended(tmp_path: Path) -> None:
    ended: SimpleQueue[str] = SimpleQueue()
    pool = Pool(Settings(workers=1, queue=1), TRICKS, ended.put)
    pool.start()
    try:
        assert pool.wait(SECONDS)
        known = ReportResult("a.docx", "ab" * 32, "section7", 0.9, "", "final", (), 1, 1, (), ())
        pool.submit("echo", known).result(SECONDS)  # no check: what is known is only shown
        pool.submit("echo", b"PK").result(SECONDS)
        for task in ("refuse", "crash", "die"):
            with pytest.raises((UnreadableReport, WorkerFault)):
                pool.submit(task).result(SECONDS)
        assert pool.wait(SECONDS)
        begun, go = Event(), tmp_path / "go"
        running = pool.submit("wait_for", str(go), tell=lambda _: begun.set())
        assert begun.wait(SECONDS)
        waiting = pool.submit("echo", 1)
        with pytest.raises(Busy):
            pool.submit("echo", 1)
        waiting.cancel()
        go.touch()
        running.result(SECONDS)
    finally:
        pool.close()
    told = [ended.get_nowait() for _ in range(ended.qsize())]
    assert told == ["answered", "encrypted", "fault", "too-complex", "busy", "forgotten", "answered"]


SERVER = f"""
import sys
from qualitycheck.service.settings import Settings
from qualitycheck.service.work.pool import Pool

if __name__ == "__main__":
    pool = Pool(Settings(workers=2, check_seconds=float(sys.argv[2])), "{TRICKS}")
    pool.start()
    assert pool.wait({SECONDS}, workers=2)
    for _ in range(2):
        pool.submit(sys.argv[1], tell=lambda stage: print("told", flush=True))
    try:
        print(*(m._worker.process.pid for m in pool._minders), flush=True)
        sys.stdin.read()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
    pool.close()
"""


def started_server(root: Path, tmp_path: Path, way: str, seconds: float) -> tuple[subprocess.Popen[str], list[int]]:
    """A server whose two workers do what is told, and their processes."""
    script = tmp_path / "server.py"
    script.write_text(SERVER, encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, str(script), way, str(seconds)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert server.stdout
    lines = [server.stdout.readline() for _ in range(3)]
    return server, [int(pid) for line in lines if "told" not in line for pid in line.split()]


@pytest.mark.parametrize(("way", "seconds"), [("hang", 60.0), ("hang_with_the_lock", 3.0)])
def test_when_the_server_is_killed_its_workers_end(root: Path, tmp_path: Path, way: str, seconds: float) -> None:
    server, workers = started_server(root, tmp_path, way, seconds)
    assert len(workers) == 2
    assert all(runs(worker) for worker in workers)
    server.kill()
    server.communicate()
    assert until(lambda: not any(runs(worker) for worker in workers))


def test_ctrl_c_ends_the_server_without_a_word_from_its_workers(root: Path, tmp_path: Path) -> None:
    server, workers = started_server(root, tmp_path, "hang", 60)
    os.killpg(server.pid, signal.SIGINT)  # as the terminal does: to all of them
    _, said = server.communicate(timeout=SECONDS)
    assert "interrupted" in said
    assert "Traceback" not in said and "spawn" not in said
    assert server.returncode == 0
    assert until(lambda: not any(runs(worker) for worker in workers))
