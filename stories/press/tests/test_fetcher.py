"""A newspaper's page is fetched from the open internet alone, bounded, and never by a clock."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib

import pytest

from stories.press.outgoing import fetcher
from stories.press.tests import servers

HTML = {"Content-Type": "text/html; charset=UTF-8"}
PAGE = "<html><title>Báo</title><p>Chị Lan</p></html>".encode()
INSIDE = "mạng nội bộ"


def fetch(url: str) -> fetcher.Fetched:
    return fetcher.fetch(url)


def test_a_page_comes_as_it_is_and_nothing_of_ours_goes_along(here) -> None:
    with servers.receiver() as server:
        server.answers(200, HTML | {"Set-Cookie": "a=1"}, PAGE)
        answer = fetch(f"{server.base}/tin/b%C3%A0i?x=1#binh-luan")
        fetch(f"{server.base}/")
    assert (answer.status, answer.error, answer.body) == (200, "", PAGE)
    assert (answer.charset, answer.host) == ("utf-8", "127.0.0.1")
    (method, path, headers, body), (_m, _p, again, _b) = server.requests
    assert (method, path, body) == ("GET", "/tin/b%C3%A0i?x=1", b"")
    assert "cookie" not in again
    assert headers["accept-encoding"] == "identity"
    assert not {"authorization", "referer", "cookie"} & headers.keys()


def test_plain_http_is_enough_but_only_at_the_ports_of_the_web(names, dialled) -> None:
    names["bao.test"] = [["93.184.216.34"]]
    assert fetch("http://bao.test/").error == "Không kết nối được với máy chủ."
    assert dialled == [("93.184.216.34", 80)]
    for url in ("http://bao.test:8080/", "https://bao.test:22/", "http://bao.test:6379/"):
        assert "cổng" in fetch(url).error
    assert len(dialled) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/",
        "http://localhost/",
        "file:///etc/passwd",
        "ftp://bao.example/",
        "gopher://127.0.0.1/_x",
        "http://u:p@bao.example/",
        "javascript:alert(1)",
        "",
    ],
)
def test_no_inner_address_and_no_other_kind_is_dialled(url, dialled) -> None:
    answer = fetch(url)
    assert answer.error
    assert answer.status is None
    assert dialled == []


def test_a_name_that_changes_its_address_is_asked_once(names, dialled) -> None:
    names["bao.test"] = [["93.184.216.34"], ["127.0.0.1"]]
    assert fetch("https://bao.test/").error
    assert (names["asked"], dialled) == (["bao.test"], [("93.184.216.34", 443)])


def redirecting(monkeypatch, settings, *places: str) -> list[str]:
    """Answers of a server outside that lead to these places; what was looked up."""
    asked: list[str] = []
    ways = iter(places)

    class Response:
        status = 302

        def __init__(self) -> None:
            self.headers = {"Location": next(ways)}

    class Connection:
        sock = None

        def request(self, *args, **kwargs) -> None: ...

        def getresponse(self) -> Response:
            return Response()

        def close(self) -> None: ...

    def connect(target, found, until):
        asked.append(f"{target.scheme}://{target.host}{target.path} {found}")
        return Connection()

    monkeypatch.setattr(fetcher.sender, "connect", connect)
    return asked


@pytest.mark.parametrize(
    "there",
    [
        "http://127.0.0.1:80/admin",
        "https://10.1.1.1/",
        "//169.254.169.254/latest/",
        "http://[::ffff:127.0.0.1]/",
        "http://inner.test/",
        "file:///etc/passwd",
        "https://bao.test:9200/_search",
    ],
)
def test_a_redirect_is_an_address_like_the_first(monkeypatch, settings, names, there) -> None:
    names["bao.test"] = [["93.184.216.34"], ["93.184.216.34"]]
    names["inner.test"] = [["192.168.0.1"]]
    asked = redirecting(monkeypatch, settings, there)
    answer = fetch("https://bao.test/bai")
    assert answer.error
    assert answer.status is None
    assert asked == ["https://bao.test/bai ['93.184.216.34']"]


def test_each_redirect_is_looked_up_anew_and_there_is_an_end(monkeypatch, settings, names) -> None:
    names["bao.test"] = [["93.184.216.34"], ["93.184.216.35"], ["127.0.0.1"]]
    asked = redirecting(monkeypatch, settings, "/mot", "/hai", "/ba")
    assert INSIDE in fetch("https://bao.test/").error
    assert [one.split()[-1] for one in asked] == ["['93.184.216.34']", "['93.184.216.35']"]
    names["bao.test"] = [["93.184.216.34"]] * 9
    redirecting(monkeypatch, settings, *["/mai"] * 9)
    assert "quá nhiều lần" in fetch("https://bao.test/").error


def test_redirects_are_followed_also_to_an_address_in_vietnamese(here) -> None:
    def reply(method: str, path: str) -> servers.Reply:
        if path == "/cu":
            return 301, {"Location": "/bài-mới".encode().decode("latin-1")}, b""
        return 200, HTML, path.encode()

    with servers.receiver() as server:
        server.reply = reply
        assert fetch(f"{server.base}/cu").body == b"/b%C3%A0i-m%E1%BB%9Bi"


@pytest.mark.parametrize("status", [404, 410, 403, 500, 304])
def test_another_answer_is_told_with_its_number(here, status) -> None:
    with servers.receiver() as server:
        server.answers(status, HTML, PAGE)
        answer = fetch(server.base)
    assert (answer.status, answer.body, answer.is_gone) == (status, b"", status in (404, 410))
    assert str(status) in answer.error


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/json", ""])
def test_what_is_no_page_is_not_read(here, kind) -> None:
    with servers.receiver() as server:
        server.answers(200, {"Content-Type": kind} if kind else {}, PAGE)
        answer = fetch(server.base)
    assert (answer.status, answer.body) == (200, b"")
    assert "không phải là một trang chữ" in answer.error


@pytest.mark.parametrize("head", [b"", b"Content-Length: 99999999999\r\n"])
def test_a_huge_page_is_not_read_to_its_end(here, monkeypatch, head) -> None:
    monkeypatch.setattr(fetcher, "MOST", 300_000)
    first = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n"
    with servers.dripping(first, b"x" * 65536, 0) as address:
        answer = fetch(address)
    assert (answer.body, "quá lớn" in answer.error) == (b"", True)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
    ],
)
def test_a_packed_page_is_unpacked_and_a_bomb_is_not(here, coding, pack) -> None:
    bomb = pack(b"\0" * (50 * 1024 * 1024))
    assert len(bomb) < fetcher.MOST
    with servers.receiver() as server:
        server.answers(200, HTML | {"Content-Encoding": coding}, pack(PAGE))
        assert fetch(server.base).body == PAGE
        server.answers(200, HTML | {"Content-Encoding": coding}, bomb)
        answer = fetch(server.base)
    assert (answer.body, "quá lớn" in answer.error) == (b"", True)


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "zstd"])
def test_other_packings_are_refused(here, coding) -> None:
    with servers.receiver() as server:
        server.answers(200, HTML | {"Content-Encoding": coding}, gzip.compress(PAGE))
        assert "đóng gói" in fetch(server.base).error


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_a_page_that_comes_byte_by_byte_is_cut_off(here, monkeypatch, first) -> None:
    monkeypatch.setattr(fetcher, "TOTAL", 0.3)
    with servers.dripping(first, b"1", 0.02) as address:
        assert fetch(address).error == "Máy chủ trả lời quá chậm."


def test_the_time_is_one_for_all_hops(here, monkeypatch) -> None:
    """Endless quick redirects end too, by their number; slow ones by the clock."""
    monkeypatch.setattr(fetcher, "TOTAL", 0.4)
    monkeypatch.setattr(fetcher, "MOST_HOPS", 1000)
    waiting = threading.Event()

    def reply(method: str, path: str) -> servers.Reply:
        waiting.wait(0.15)
        return 302, {"Location": "/again"}, b""

    with servers.receiver() as server:
        server.reply = reply
        assert fetch(server.base).error == "Máy chủ trả lời quá chậm."
        assert len(server.requests) < 10


def test_a_look_up_without_an_end_is_given_up(monkeypatch) -> None:
    over = threading.Event()

    def never(*args, **kwargs):
        over.wait(20)
        raise socket.gaierror

    monkeypatch.setattr(fetcher, "TOTAL", 0.2)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    try:
        assert fetch("https://bao.test/").error == "Máy chủ trả lời quá chậm."
    finally:
        over.set()
