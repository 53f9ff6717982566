"""Services of single sign-on for tests: a real one in a process of its own, and one that lies."""

import base64
import hashlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

from casebound.foundation.base.sign_on import SignOn

CLIENT = "casebound-at-oak"
READY_WITHIN = 60.0


@contextmanager
def council(*people: Mapping[str, object]) -> Iterator[SignOn]:
    """Run `oidc-provider-mock` with these people, as a council's own sign-in would be."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [part for person in people for part in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(command, stdout=quiet, stderr=quiet)  # noqa: S603 (our own words)
    issuer = f"http://localhost:{port}"
    try:
        _wait(issuer, running)
        yield SignOn(issuer, CLIENT, "a made-up secret", "Meadow Council")
    finally:
        running.terminate()
        running.wait()


def _wait(issuer: str, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and running.poll() is None:
        try:
            requests.get(f"{issuer}/.well-known/openid-configuration", timeout=5)
        except requests.RequestException:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(issuer)


def answer_there(address: str, sub: str, *, action: str = "") -> str:
    """Sign in at the real service as somebody, or refuse; return the address to come back to."""
    said = {"sub": sub, "action": action} if action else {"sub": sub}
    answer = requests.post(address, data=said, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


@dataclass(slots=True)
class Liar:
    """A service whose answers a test chooses."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)
    raw: bytes | None = None  # what the token endpoint says, in place of a token
    status: int = 200
    signed_by: RSAPrivateKey | None = None
    publishes: Sequence[tuple[str, RSAPrivateKey]] = ()  # key ids and keys; KEY, if none
    key_id: str = "one"
    algorithm: str = "RS256"
    challenge: str = ""  # of PKCE, as the browser brought it
    verified: list[bool] = field(default_factory=list)


KEY = generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = generate_private_key(public_exponent=65537, key_size=2048)


@contextmanager
def liar() -> Iterator[Liar]:
    """Run a service that says what the test tells it to."""
    said = Liar()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.endswith("openid-configuration"):
                self._say(json.dumps(_about(said)).encode())
            else:
                keys = [_published(*pair) for pair in said.publishes or [("one", KEY)]]
                self._say(json.dumps({"keys": keys}).encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            verifier = parse_qs(body).get("code_verifier", [""])[0]
            digest = hashlib.sha256(verifier.encode()).digest()
            expected = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            said.verified.append(bool(verifier) and expected == said.challenge)
            self._say(_token(said) if said.raw is None else said.raw, status=said.status)

        def _say(self, body: bytes, status: int = 200) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    said.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield said
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _about(said: Liar) -> dict[str, Any]:
    return {
        "issuer": said.issuer,
        "authorization_endpoint": f"{said.issuer}/authorize",
        "token_endpoint": f"{said.issuer}/token",
        "userinfo_endpoint": f"{said.issuer}/userinfo",
        "jwks_uri": f"{said.issuer}/jwks",
        **said.about,
    }


def _published(key_id: str, key: RSAPrivateKey) -> dict[str, Any]:
    jwk = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {**jwk, "kid": key_id, "alg": "RS256", "use": "sig"}


def _token(said: Liar) -> bytes:
    now = int(time.time())
    claims = {"iss": said.issuer, "aud": CLIENT, "sub": "sub-1", "iat": now, "exp": now + 60}
    claims |= said.claims
    key: Any = said.signed_by or KEY
    if said.algorithm == "none":
        key = None
    token = jwt.encode(claims, key, algorithm=said.algorithm, headers={"kid": said.key_id})
    return json.dumps({"access_token": "x", "token_type": "Bearer", "id_token": token}).encode()
