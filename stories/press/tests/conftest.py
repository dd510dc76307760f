"""A press client with a live key, and a way to call the API with it."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from stories.press import services
from stories.press.models import PressClient
from stories.press.tests import servers

REAL = socket.getaddrinfo


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture
def newspaper(db) -> PressClient:
    return PressClient.objects.create(name="bao-phu-tho", organisation="Báo Phú Thọ")


@pytest.fixture
def key(newspaper) -> str:
    return services.create_key(client=newspaper)[1]


@pytest.fixture
def pull(key) -> Callable[..., HttpResponse]:
    """Call a press route with the key in `Authorization: Bearer`."""
    client = Client()

    def call(path: str, params: dict | None = None, **headers: str) -> HttpResponse:
        return client.get(path, params, headers={"Authorization": f"Bearer {key}"} | headers)

    return call


@pytest.fixture
def here(settings) -> None:
    """This machine may be sent to, without TLS."""
    settings.WEBHOOK_PRIVATE_ADDRESSES = settings.WEBHOOK_PLAIN_HTTP = True


@pytest.fixture
def server(here):
    """A client's server (see `servers.Receiver`), which takes everything."""
    with servers.receiver() as running:
        yield running


@pytest.fixture
def names(monkeypatch):
    """Host name → the answers of one look-up after another; the names asked for are kept."""
    known: dict[str, list[list[str]]] = {}
    asked = []

    def lookup(host, port, *args, **kwargs):
        if host not in known:
            return REAL(host, port, *args, **kwargs)
        asked.append(host)
        found = known[host].pop(0)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    known["asked"] = asked
    return known


@pytest.fixture
def dialled(monkeypatch):
    """Every address that a socket was told to connect to; nobody is there."""
    tried = []

    def connect(self, address):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    return tried
