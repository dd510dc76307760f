"""What is sent to addresses that others gave us: only to the open internet, only for a while."""

from __future__ import annotations

import socket

import pytest

from stories.press.outgoing import addresses, sender
from stories.press.tests import servers

INSIDE = "mạng nội bộ"


def post(url: str, body: bytes = b"{}") -> sender.Answer:
    return sender.send("POST", url, body=body, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1"),
        *("192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "203.0.113.5"),
        *("224.0.0.1", "233.252.0.9", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1"),
        *("64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1"),
        *("fd12:3456::1", "fe80::1", "fe80::1%1", "fec0::1", "ff02::1", "ff0e::1", "3fff::1", "x"),
    ],
)
def test_an_address_that_is_not_on_the_open_internet_is_refused(address) -> None:
    assert not addresses.is_open(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "113.160.1.1", "2405:4800::1", "2606:4700::1111"])
def test_an_address_on_the_open_internet_is_not(address) -> None:
    assert addresses.is_open(address)


@pytest.mark.parametrize(
    "url",
    [
        "https://[::ffff:127.0.0.1]/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://localhost/",
        "https://localhost./",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1:8443/",
    ],
)
def test_every_spelling_of_an_inner_address_is_refused(url, dialled) -> None:
    assert INSIDE in post(url).error
    assert dialled == []


@pytest.mark.parametrize(
    "url",
    [
        "http://bao.example/",
        "ftp://bao.example/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_SET",
        "//bao.example/",
        "bao.example",
        "https://",
        "https:///hook",
        "https://user:secret@bao.example/",
        "https://bao.example/#part",
        "https://bao.example/\r\nX-Injected: 1",
        "https://bao.example/a b",
        "https://[fe80::1%25eth0]/",
        "https://bao.example:99999/",
        f"https://bao.example/{'a' * 1000}",
        "",
    ],
)
def test_what_is_no_plain_https_address_is_refused(url, dialled) -> None:
    with pytest.raises(addresses.Refused):
        addresses.parse(url)
    assert post(url).error
    assert dialled == []


def test_a_name_of_an_inner_address_is_refused(names, dialled) -> None:
    names["bao.test"] = [["10.0.0.1"]]
    assert INSIDE in post("https://bao.test/").error
    assert dialled == []


def test_one_inner_address_among_others_is_enough(names, dialled) -> None:
    names["bao.test"] = [["93.184.216.34", "10.0.0.1"]]
    assert INSIDE in post("https://bao.test/").error
    assert dialled == []


def test_a_name_that_changes_its_address_is_asked_once_and_the_checked_address_is_called(
    names, dialled
) -> None:
    names["bao.test"] = [["93.184.216.34"], ["127.0.0.1"]]
    assert post("https://bao.test/").error == "Không kết nối được với máy chủ."
    assert names["asked"] == ["bao.test"]
    assert dialled == [("93.184.216.34", 443)]


def test_a_name_that_nobody_knows(monkeypatch) -> None:
    def unknown(*args, **kwargs):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert "Không tìm thấy máy chủ" in post("https://bao.test/").error


def test_what_is_sent_arrives_as_it_is(here) -> None:
    with servers.receiver() as server:
        answer = post(f"{server.base}/hook?a=1&b=%C4%90", "Đất Tổ".encode())
    assert (answer.ok, answer.status) == (True, 204)
    ((method, path, headers, body),) = server.requests
    assert (method, path, body) == ("POST", "/hook?a=1&b=%C4%90", "Đất Tổ".encode())
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert headers["content-type"] == "application/json"
    assert "cookie" not in headers


def test_a_redirect_to_the_inside_is_not_followed(here) -> None:
    with servers.receiver() as inner, servers.receiver() as outer:
        for status in (301, 302, 303, 307, 308):
            outer.answers(status, {"Location": f"{inner.base}/secret"})
            answer = post(f"{outer.base}/")
            assert answer.status == status
            assert "không đi theo" in answer.error
    assert inner.requests == []
    assert len(outer.requests) == 5


def test_proxies_of_the_environment_are_not_asked(here, monkeypatch) -> None:
    with servers.receiver() as proxy, servers.receiver() as server:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.base)
        assert post(f"{server.base}/").ok
    assert proxy.requests == []


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
)
def test_an_answer_that_comes_byte_by_byte_is_cut_off(here, monkeypatch, first) -> None:
    monkeypatch.setattr(sender, "TOTAL", 0.3)
    with servers.dripping(first, b"1", 0.02) as address:
        answer = post(address)
    assert answer == sender.Answer(error="Máy chủ trả lời quá chậm.")


def test_a_server_that_says_nothing_is_not_waited_for(here, monkeypatch) -> None:
    monkeypatch.setattr(sender, "TOTAL", 0.2)
    with servers.dripping(b"", b"", 60) as address:
        assert post(address).error == "Máy chủ trả lời quá chậm."


@pytest.mark.parametrize("head", [b"", b"Content-Length: 99999999999\r\n"])
def test_of_an_endless_answer_the_beginning_is_read(here, head) -> None:
    with servers.dripping(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n", b"x" * 65536, 0) as address:
        answer = post(address)
    assert answer.ok
    assert len(answer.body) == sender.MOST


def test_a_packed_answer_is_not_unpacked(here) -> None:
    with servers.receiver() as server:
        server.answers(200, {"Content-Encoding": "gzip"}, b"\x1f\x8bnot unpacked")
        assert post(f"{server.base}/").body == b"\x1f\x8bnot unpacked"


@pytest.mark.parametrize(
    "noise", [b"\x00\xff\xfe\r\n\r\n", b"SSH-2.0-OpenSSH_9\r\n", b"HTTP/9\r\n"]
)
def test_what_is_no_web_server_is_an_error(here, monkeypatch, noise) -> None:
    monkeypatch.setattr(sender, "TOTAL", 0.5)
    with servers.dripping(noise, b"", 60) as address:
        answer = post(address)
    assert answer.status is None
    assert answer.error


def test_the_certificate_must_be_of_the_host_s_name(settings, monkeypatch, names, tmp_path) -> None:
    settings.WEBHOOK_PRIVATE_ADDRESSES = True
    server_side, trusting = servers.certificate(tmp_path, "bao.test")
    names["bao.test"] = [["127.0.0.1"], ["127.0.0.1"]]
    names["other.test"] = [["127.0.0.1"]]
    with servers.receiver(server_side) as server:
        assert "Chứng chỉ" in post(f"https://bao.test:{server.port}/").error  # of nobody we know
        monkeypatch.setattr(sender, "trust", lambda: trusting)
        assert post(f"https://bao.test:{server.port}/").ok
        assert "Chứng chỉ" in post(f"https://other.test:{server.port}/").error
        assert "Chứng chỉ" in post(f"https://127.0.0.1:{server.port}/").error
    assert len(server.requests) == 1
    assert server.names[:2] == ["bao.test", "bao.test"]
    assert server.requests[0][2]["host"] == f"bao.test:{server.port}"


def test_how_long_to_leave_alone(here) -> None:
    with servers.receiver() as server:
        for said, seconds in (("120", 120), ("soon", None), ("9" * 40, None), ("-5", None)):
            server.answers(429, {"Retry-After": said})
            answer = post(f"{server.base}/")
            assert (answer.status, answer.retry_after, answer.is_down) == (429, seconds, True)
