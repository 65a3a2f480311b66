"""A process that falls over leaves no word of a report behind."""

from __future__ import annotations

from contextlib import suppress


def leave_no_core() -> None:
    """No copy of this process's memory in a core file, whatever the machine is set to; nothing where there are none."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        # 1 and not 0: on Linux it keeps a report of the crash from being piped to a program, too (core(5)).
        resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
