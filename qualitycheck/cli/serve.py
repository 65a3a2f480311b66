"""`qualitycheck serve`: the pages and the API, on this computer or for an office."""

from __future__ import annotations

import os
from argparse import Namespace

from qualitycheck.errors import BadSetting


def run(options: Namespace) -> int:
    try:
        from qualitycheck.service.serve import serve
        from qualitycheck.service.settings import WHERE, load_settings
    except ModuleNotFoundError as missing:
        raise BadSetting(
            f"the service needs {missing.name}, which is not installed: pip install 'qualitycheck[service]'"
        ) from None
    if options.settings:
        os.environ[WHERE] = str(options.settings)
    given = {"port": options.port, "configuration": options.config}
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    serve(settings, open_browser=not options.no_browser and not settings.is_office)
    return 0
