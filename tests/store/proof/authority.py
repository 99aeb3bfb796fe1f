"""A time-stamping authority of its own, made and run with the `openssl` command."""

import subprocess
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TypeAlias

_CONFIG = """
[req]
distinguished_name = name
prompt = no
utf8 = yes
string_mask = utf8only
[name]
O = 例示県
CN = {name}
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = {digests}
accuracy = secs:1
ess_cert_id_alg = sha256
"""
Reply: TypeAlias = "tuple[int, str, bytes]"
"""Status, content type and body."""
_NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


class Authority:
    """A root, and a signer under it; it stamps over digests of the kinds given."""

    def __init__(self, folder: Path, digests: str = "sha256, sha512") -> None:
        folder.mkdir()
        self._folder = folder
        (folder / "serial").write_text("01\n")
        config = _CONFIG.format(name=folder.name, folder=folder, digests=digests)
        (folder / "tsa.conf").write_text(config)
        self._certify()

    @property
    def root(self) -> bytes:
        """The root certificate (PEM)."""
        return (self._folder / "root.pem").read_bytes()

    def answer(self, question: bytes) -> bytes:
        """The response to a request, both DER; a refusal where the digest is of no kind of ours."""
        (self._folder / "question").write_bytes(question)
        self._openssl(
            *("ts", "-reply", "-config", "tsa.conf", "-section", "tsa", "-queryfile", "question"),
            *("-signer", "signer.pem", "-inkey", "signer.key", "-out", "answer"),
        )
        return (self._folder / "answer").read_bytes()

    def reply(self, _: str, content_type: str, body: bytes) -> Reply:
        """The same over HTTP."""
        if content_type != "application/timestamp-query":
            return 415, "text/plain", b""
        return 200, "application/timestamp-reply", self.answer(body)

    def question(self, text: str, *options: str) -> bytes:
        """A request as the command makes it."""
        (self._folder / "text").write_text(text)
        self._openssl("ts", "-query", "-data", "text", *options, "-cert", "-out", "question")
        return (self._folder / "question").read_bytes()

    def verifies(self, text: str, answer: bytes) -> bool:
        """Whether the command itself finds the response good."""
        (self._folder / "text").write_text(text)
        (self._folder / "answer").write_bytes(answer)
        told = self._openssl(
            *("ts", "-verify", "-data", "text", "-in", "answer", "-CAfile", "root.pem"), check=False
        )
        return "Verification: OK" in told

    def _certify(self) -> None:
        config = ("-config", "tsa.conf")
        root = ("-keyout", "root.key", "-out", "root.pem", "-extensions", "root")
        self._openssl("req", "-x509", *_NEW_KEY, *config, *root)
        self._openssl("req", "-new", *_NEW_KEY, *config, "-keyout", "signer.key", "-out", "request")
        self._openssl(
            *("x509", "-req", "-in", "request", "-CA", "root.pem", "-CAkey", "root.key"),
            *("-extfile", "tsa.conf", "-extensions", "signer", "-out", "signer.pem"),
        )

    def _openssl(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["openssl", *arguments], cwd=self._folder, check=check, capture_output=True, text=True
        )
        return done.stdout


@contextmanager
def over_http(reply: Callable[[str, str, bytes], Reply]) -> Generator[str]:
    """The URL at which path, content type and body of whatever is posted get their reply."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, kind, content = reply(self.path, self.headers["Content-Type"], body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
