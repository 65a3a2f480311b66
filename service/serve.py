"""Start the service and keep it until it is stopped."""

from __future__ import annotations

import errno
import socket
import sys
import threading
import webbrowser

import uvicorn

from qualitycheck.errors import BadSetting
from qualitycheck.service.app import create_app
from qualitycheck.service.crashes import leave_no_core
from qualitycheck.service.observing import write_log
from qualitycheck.service.settings import Settings

GRACE_SECONDS = 10
# At once: half of the files that a process may usually have open. Whoever is one too many is told 503, in plain text.
MOST_CONNECTIONS = 512
ALL_AS_ONE = (
    "trusted_proxies is not set: to limits on wrong passwords, everybody behind the web server in front is one person"
)


def serve(settings: Settings, *, open_browser: bool) -> None:
    """Listen until stopped; raises BadSetting where the address is taken or a setting is wrong."""
    leave_no_core()
    listening = _listen(settings)
    port = listening.getsockname()[1]
    app = create_app(settings)
    write_log(requests=settings.is_office)  # at home the link should stay in sight
    doors = app.state.desk.doors
    doors.listening(port, tell=lambda link: print(f"The next link, for another browser:\n\n    {link}\n", flush=True))
    if settings.is_office:
        print(f"qualitycheck listens on {settings.host}:{port} for {settings.public_address}", flush=True)
        if not settings.trusted_proxies:
            print(ALL_AS_ONE, flush=True)
    else:
        print(f"Open this link once, in your own browser:\n\n    {doors.link}\n\nStop with Ctrl+C.", flush=True)
    server = _Server(_configured(app, settings), doors.link if open_browser else None)
    server.run(sockets=[listening])


class _Server(uvicorn.Server):
    """Opens the link once the service listens."""

    def __init__(self, config: uvicorn.Config, link: str | None) -> None:
        super().__init__(config)
        self._link = link

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._link:  # a browser may take its time to start, or not come back until it is closed
            threading.Thread(target=webbrowser.open, args=(self._link,), daemon=True).start()


def _configured(app: object, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None,  # observing.py writes the log
        access_log=False,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=GRACE_SECONDS,
        limit_concurrency=MOST_CONNECTIONS,
    )


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise BadSetting(f"setting host: {settings.host} is no address of this computer") from None
        raise BadSetting(
            f"{settings.host}:{settings.port} cannot be listened on ({error.strerror}): choose another with --port"
        ) from None
    return listening
