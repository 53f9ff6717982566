"""A request of the server as WSGI describes it (PEP 3333)."""

import sys
from io import BytesIO
from typing import Any, Final, Protocol
from urllib.parse import unquote_to_bytes

_PLAIN: Final = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class SentHeaders(Protocol):
    """The headers of a request, in the order they came."""

    def items(self) -> list[tuple[str, str]]:
        """Return names in small letters, each with its value."""


class RequestScope(Protocol):
    """What the server knows of a request (RSGI)."""

    method: str
    path: str
    query_string: str
    http_version: str
    server: str
    client: str

    @property
    def headers(self) -> SentHeaders:
        """The headers."""


def environ_of(scope: RequestScope, *, behind_proxy: bool) -> tuple[dict[str, Any], str]:
    """Return the environment of a request, without its body, and the address it came from.

    A header with an underscore in its name is left out: WSGI could not tell it from another one,
    and so somebody could pass for what the proxy says.
    """
    host, _, port = scope.server.rpartition(":")
    address = scope.client.rpartition(":")[0].strip("[]")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = _PLAIN.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        between = "; " if key == "HTTP_COOKIE" else ", "
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    seen = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return environ, (seen or address) if behind_proxy else address
