"""The command line: options to one library call, to a renderer, to an exit status.

0 nothing to look at; 1 something at or above --fail-on; 2 an input or the usage is wrong; 3 a fault of our own.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Sequence
from importlib import import_module

from qualitycheck.cli.arguments import parse
from qualitycheck.errors import QualityCheckError, UserError

OK, USAGE, FAULT = 0, 2, 3


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; every failure is one plain sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may have another encoding than the report
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parse(argv)
    try:
        # Commands live in modules of their own, so that --help loads none of them.
        status: int = import_module(f"qualitycheck.cli.{options.command}").run(options)
        sys.stdout.flush()
    except UserError as error:
        return _say(error, USAGE)
    except KeyboardInterrupt:
        return _say("stopped before the end", USAGE)
    except QualityCheckError as error:
        return _say(error, FAULT)
    except OSError as error:
        if isinstance(error, BrokenPipeError) or (error.errno == errno.EINVAL and error.filename is None):
            # Whoever was reading has stopped, as in `qualitycheck check ... | head` (Windows says EINVAL).
            sys.stdout = None  # so that Python does not write to it again at the end
            return OK
        return _say(f"{error.filename or 'a file'} could not be read or written: {error.strerror}", USAGE)
    except Exception as error:  # its text may quote the report, so it is not shown
        return _say(f"qualitycheck itself failed ({type(error).__name__}): please report this", FAULT)
    return status


def _say(what: object, status: int) -> int:
    print(f"qualitycheck: {what}", file=sys.stderr)
    return status
