"""A press client with a live key, and a way to call the API with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from stories.press import services
from stories.press.models import PressClient
from stories.press.tests import servers


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
