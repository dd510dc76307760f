"""Uploads go past ClamAV where there is one; a small daemon on this machine stands in for it."""

from __future__ import annotations

import socket
import socketserver
import struct
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from media.intake import documents, pictures
from media.intake.unusable import Unusable
from media.tests.originals import saved

# The test file of EICAR (eicar.org), in two halves: so this source is not taken for a virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + rb"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(socketserver.BaseRequestHandler):
    """INSTREAM as in clamd(8)."""

    def handle(self) -> None:
        command = self.read(len(b"zINSTREAM\0"))
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.read(4))[0]:
            content += self.read(length)
        self.server.received = content
        answer = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else self.server.answer
        self.request.sendall(answer + b"\0")

    def read(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            part = self.request.recv(length - len(data))
            assert part
            data += part
        return data


def serve(server: socketserver.BaseServer):
    server.answer, server.received = b"stream: OK", None
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


@pytest.fixture(params=["tcp", "unix"])
def clamd(request, settings, tmp_path):
    if request.param == "tcp":
        server = serve(socketserver.TCPServer(("127.0.0.1", 0), Clamd))
        settings.CLAMAV_ADDRESS = f"127.0.0.1:{server.server_address[1]}"
    else:
        path = str(tmp_path / "clamd.ctl")
        server = serve(socketserver.UnixStreamServer(path, Clamd))
        settings.CLAMAV_ADDRESS = path
    yield server
    server.shutdown()
    server.server_close()


def text(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("thu.txt", content)


def test_a_virus_is_refused_by_its_name(clamd) -> None:
    with pytest.raises(Unusable) as refused:
        documents.check(text(EICAR), "thu.txt")
    assert refused.value.code == "virus"
    assert "Eicar-Test-Signature" in refused.value.messages[0]
    content = saved("JPEG") + EICAR
    with pytest.raises(Unusable, match="mã độc"):
        pictures.examine(SimpleUploadedFile("a.jpg", content), "a.jpg")


def test_a_clean_file_arrives_there_whole_and_is_taken(clamd) -> None:
    content = "Chị Lan".encode() * 50_000
    documents.check(text(content), "thu.txt")
    assert clamd.received == content


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b""])
def test_an_answer_that_is_none_counts_as_down(clamd, settings, answer) -> None:
    clamd.answer = answer
    settings.CLAMAV_REQUIRED = True
    with pytest.raises(Unusable) as refused:
        documents.check(text(b"a"), "thu.txt")
    assert refused.value.code == "unscanned"


@pytest.mark.parametrize("address", ["127.0.0.1:%d", "/khong/co/clamd.ctl"])
def test_a_daemon_that_is_down_stops_uploads_only_if_it_is_required(settings, address) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.CLAMAV_ADDRESS = address % port if "%" in address else address
    settings.CLAMAV_REQUIRED = False
    documents.check(text(b"a"), "thu.txt")
    settings.CLAMAV_REQUIRED = True
    with pytest.raises(Unusable, match="thử lại sau"):
        documents.check(text(b"a"), "thu.txt")
