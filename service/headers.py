"""Security headers on every answer; nothing but our own styles and scripts may be loaded, and nothing be framed."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = "/static/"
WITH_TOKENS = ("/open", "/invitation/")  # addresses that nobody else should hear of
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # GOV.UK Frontend draws arrows and ticks so
        "connect-src 'self'",  # progress
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer a browser does not say where our own forms come from
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


class Guarded:
    """Adds the headers; answers other than static files are never stored by a browser or proxy."""

    def __init__(self, app: ASGIApp, https: bool, form_action: str = "") -> None:
        """`form_action`: another origin that a form may end at (sign-in goes on to the provider)."""
        self._app = app
        told = dict(HEADERS)
        if form_action:
            told["content-security-policy"] = POLICY.replace("form-action 'self'", f"form-action 'self' {form_action}")
        if https:
            told["strict-transport-security"] = STRICT_TRANSPORT
        self._headers = [(name.encode(), value.encode()) for name, value in told.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        static = scope["path"].startswith(STATIC)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                set_already = {name.lower() for name, _ in message["headers"]}
                headers = [(name, value) for name, value in self._headers if name not in set_already]
                if scope["path"].startswith(WITH_TOKENS):
                    headers = [(n, b"no-referrer" if n == b"referrer-policy" else v) for n, v in headers]
                if static and message["status"] == 200:
                    headers.append((b"cache-control", b"public, max-age=31536000, immutable"))
                elif b"cache-control" not in set_already:
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, guarded)
