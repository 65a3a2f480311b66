"""`qualitycheck serve`: the pages and the API, on this computer or for an office."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress

from qualitycheck.cli.service import service


def run(options: Namespace) -> int:
    with service(options.settings):
        from qualitycheck.service.serve import serve
        from qualitycheck.service.settings import load_settings

        given = {"port": options.port, "configuration": options.config}
        settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    with suppress(KeyboardInterrupt):  # that is how one stops it
        serve(settings, open_browser=not options.no_browser and not settings.is_office)
    return 0
