"""S3-compatible storage for the tests: moto's server as a process of its own, which checks every signature, and a line to it
that can be disturbed.

    line.answers(503, times=2)           # instead of the storage
    line.answers(503, "GET", of="/desk/")  # only where that stands in the path
    line.cuts("GET")                     # the answer breaks off half way
    line.falls_silent("PUT")
    line.before("DELETE", action)        # does something while the request is on its way
"""

import http.client
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import boto3

from tests.standins.ports import free_port
from tickets.ledger.depot.bucket import BucketAddress

REGION = "us-east-1"
_ALL_OF_S3 = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}
_SECONDS = 30.0


class Storage:
    """A running storage, with an access key that may do everything there, and one that may do nothing."""

    def __init__(self, url: str) -> None:
        self.url = url
        root = {"aws_access_key_id": "root", "aws_secret_access_key": "root", "region_name": REGION}
        self._iam = boto3.client("iam", endpoint_url=url, **root)
        self.key_id, self.secret = self._key("tanggap", _ALL_OF_S3)
        self.idle_key_id, self.idle_secret = self._key("idle", None)
        self.admin = boto3.client(
            "s3", endpoint_url=url, region_name=REGION, aws_access_key_id=self.key_id, aws_secret_access_key=self.secret
        )  # fmt: skip
        self._from_now_on_check_signatures()

    def bucket(self, prefix: str = "desk") -> BucketAddress:
        """Make a bucket that nobody has used."""
        name = f"files-{uuid4().hex[:12]}"
        self.admin.create_bucket(Bucket=name)
        return self.address(name, prefix)

    def address(self, name: str, prefix: str = "desk") -> BucketAddress:
        return BucketAddress(
            endpoint=self.url, region=REGION, bucket=name, prefix=prefix, key_id=self.key_id, secret=self.secret
        )  # fmt: skip

    def names_in(self, at: BucketAddress) -> set[str]:
        """Return what lies in a bucket, as another client sees it."""
        listed = self.admin.list_objects_v2(Bucket=at.bucket)
        return {each["Key"] for each in listed.get("Contents", ())}

    def _key(self, user: str, policy: dict[str, object] | None) -> tuple[str, str]:
        self._iam.create_user(UserName=user)
        if policy is not None:
            self._iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=json.dumps(policy))
        made = self._iam.create_access_key(UserName=user)["AccessKey"]
        return made["AccessKeyId"], made["SecretAccessKey"]

    def _from_now_on_check_signatures(self) -> None:
        plain = {"Content-Type": "text/plain"}
        request = urllib.request.Request(f"{self.url}/moto-api/reset-auth", data=b"0", headers=plain)
        urllib.request.urlopen(request).close()


@contextmanager
def running() -> Iterator[Storage]:
    port = free_port()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], stdout=said, stderr=said
        )  # fmt: skip
        try:
            _await(port, process)
            yield Storage(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait()


def _await(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _SECONDS
    while process.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("moto's server did not start")


@dataclass
class _Disturbance:
    method: str
    times: int
    act: Callable[["_Handler"], bool]  # whether the request is dealt with
    of: str = ""  # in the path


class Line:
    """A connection to the storage that does to requests what a test says."""

    def __init__(self, to: str) -> None:
        self.to = to.removeprefix("http://")
        self.asked: list[str] = []
        self._planned: list[_Disturbance] = []
        self.over = threading.Event()

    def answers(self, status: int, method: str = "", *, times: int = 100, of: str = "") -> None:
        def act(handler: "_Handler") -> bool:
            handler.says(status)
            return True

        self._planned.append(_Disturbance(method, times, act, of))

    def falls_silent(self, method: str = "", *, times: int = 100) -> None:
        def act(handler: "_Handler") -> bool:
            self.over.wait()
            handler.says(503)
            return True

        self._planned.append(_Disturbance(method, times, act))

    def cuts(self, method: str, *, times: int = 100) -> None:
        def act(handler: "_Handler") -> bool:
            handler.passes_on(half=True)
            return True

        self._planned.append(_Disturbance(method, times, act))

    def before(self, method: str, action: Callable[[], object]) -> None:
        def act(_handler: "_Handler") -> bool:
            action()
            return False

        self._planned.append(_Disturbance(method, 1, act))

    def heals(self) -> None:
        self._planned.clear()

    def disturbs(self, handler: "_Handler") -> bool:
        self.asked.append(handler.command)
        for each in self._planned:
            if each.times > 0 and each.method in {"", handler.command} and each.of in handler.path:
                each.times -= 1
                return each.act(handler)
        return False


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: Line

    def _handle(self) -> None:
        self._body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.line.disturbs(self):
            self.passes_on()

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = _handle  # noqa: N815

    def passes_on(self, *, half: bool = False) -> None:
        there = http.client.HTTPConnection(self.line.to)
        there.request(self.command, self.path, body=self._body or None, headers=dict(self.headers))
        answer = there.getresponse()
        content = answer.read()
        there.close()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"transfer-encoding", "connection", "date", "server"}:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if half else content)
        if half:
            self.close_connection = True

    def says(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@contextmanager
def disturbable(at: BucketAddress) -> Iterator[tuple[Line, BucketAddress]]:
    """Yield a line to a bucket, and the bucket as it is reached by it. What is signed names the line as its host."""
    line = Line(at.endpoint)
    handler = type("Handler", (_Handler,), {"line": line})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    try:
        endpoint = f"http://127.0.0.1:{server.server_address[1]}"
        yield line, BucketAddress(**{**vars(at), "endpoint": endpoint})
    finally:
        line.over.set()
        server.shutdown()
        serving.join()
        server.server_close()


def nowhere() -> str:
    """Return an address at which nobody answers."""
    return f"http://127.0.0.1:{free_port()}"


def folder_of(path: Path) -> set[str]:
    return {each.relative_to(path).as_posix() for each in path.rglob("*") if each.is_file()}
