"""What the commands of the service need: that it is installed, and its settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qualitycheck.errors import BadSetting


@contextmanager
def service(settings: Path | None) -> Iterator[None]:
    """Within it the service may be imported, with its settings from that file. Raises BadSetting if it is not there."""
    if settings and not settings.is_file():
        raise BadSetting(f"--settings names {settings}, which is not there")
    try:
        from qualitycheck.service.settings import WHERE

        if settings:
            os.environ[WHERE] = str(settings)
        yield
    except ModuleNotFoundError as missing:
        raise BadSetting(
            f"the service needs {missing.name}, which is not installed: install it as docs/install.md says"
        ) from None
