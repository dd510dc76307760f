"""Every press route, every method, every kind of key that isn't one: refused, and nothing done.

Routes are read from the URL configuration and the description, so a new one is walked unlisted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from config.api import api
from stories.press import auth, keys, services
from stories.press.models import PressClient, PressConfirmation, PressDelivery, PressKit
from stories.press.tests import ledger, payloads
from stories.press.told import reader
from stories.releases.models import Release

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/"
PRESS = f"{ROOT}press/"
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
BODY = json.dumps({"items": [{"uuid": payloads.STORY, "version": 2}]})
Headers = dict[str, str]


@pytest.fixture
def routes(client) -> dict[str, set[str]]:
    """Each described address with an id filled in, and the methods that it has."""
    paths = client.get(f"{ROOT}openapi.json").json()["paths"]
    found = {}
    for path, operations in paths.items():
        methods = {name for name in operations if name in METHODS}
        head = {"head"} if "get" in methods else set()
        found[re.sub(r"{\w+}", payloads.STORY, path)] = methods | head
    return found


@pytest.fixture
def held(newspaper):
    """There is something to get and something to confirm, and the newspaper may."""
    story = ledger.publish(payloads.story())
    services.record_deliveries(
        client_id=newspaper.pk, seqs=[story.seq], channel=PressDelivery.Channel.FEED
    )
    ledger.publish(payloads.correction())
    reader.catch_up()


def one_key(**changes) -> Callable[[PressClient], list[Headers]]:
    """Sent in each of the two headers."""

    def sent(newspaper: PressClient) -> list[Headers]:
        plain = changes["of"](newspaper)
        return [{"Authorization": f"Bearer {plain}"}, {"X-API-Key": plain}]

    return sent


def revoked(newspaper: PressClient) -> str:
    key, plain = services.create_key(client=newspaper)
    services.revoke_key(key=key)
    return plain


def expired(newspaper: PressClient) -> str:
    past = timezone.now() - timedelta(seconds=1)
    return services.create_key(client=newspaper, expires_at=past)[1]


def of_inactive(newspaper: PressClient) -> str:
    plain = services.create_key(client=newspaper)[1]
    PressClient.objects.filter(pk=newspaper.pk).update(is_active=False)
    return plain


def two(newspaper: PressClient) -> list[Headers]:
    """Both of them good."""
    one, other = (services.create_key(client=newspaper)[1] for _key in range(2))
    return [{"Authorization": f"Bearer {one}", "X-API-Key": other}]


def other_scheme(newspaper: PressClient) -> list[Headers]:
    plain = services.create_key(client=newspaper)[1]
    return [{"Authorization": f"{scheme} {plain}"} for scheme in ("Token", "Digest", "Bearer:")]


BAD: dict[str, Callable[[PressClient], list[Headers]]] = {
    "wrong": one_key(of=lambda _client: keys.generate()),
    "malformed": one_key(of=lambda _client: "gsdt_'; --"),
    "empty": one_key(of=lambda _client: ""),
    "revoked": one_key(of=revoked),
    "expired": one_key(of=expired),
    "of an inactive client": one_key(of=of_inactive),
    "two different": two,
    "another scheme": other_scheme,
}
NONE: dict[str, Callable[[PressClient], list[Headers]]] = {
    "none": lambda _client: [{}],
    "a password": lambda _client: [{"Authorization": "Basic YTpi"}],
}


def call(path: str, method: str, headers: Headers):
    client = Client()
    if method == "post":
        return client.post(path, BODY, "application/json", headers=headers)
    return getattr(client, method)(path, headers=headers)


def test_the_walk_sees_every_route_that_there_is(routes):
    pages = {"api-root", "openapi-json", "openapi-view"}
    there = {
        ROOT + re.sub(r"<[^>]+>", payloads.STORY, str(pattern.pattern))
        for pattern in api._get_urls()
        if pattern.name not in pages
    }
    assert set(routes) == there
    assert len([path for path in there if path.startswith(PRESS)]) >= 8


@pytest.mark.parametrize("reason", [*BAD, *NONE])
def test_no_route_answers_without_a_key_that_holds(routes, held, newspaper, reason):
    before = list(PressDelivery.objects.values())
    sent = (BAD | NONE)[reason](newspaper)
    for path, has in routes.items():
        if reason in NONE and not path.startswith(PRESS):
            continue  # those are open to all
        for method in METHODS:
            for headers in sent if method in has else sent[:1]:
                answer = call(path, method, headers)
                told = (reason, method, path, answer.status_code)
                assert answer.status_code == (401 if method in has else 405), told
                assert answer.headers["Content-Type"] == "application/problem+json", told
                assert "nón" not in answer.content.decode(), told
                if method in has:
                    assert answer.headers["WWW-Authenticate"].startswith("Bearer "), told
                    assert answer.headers["Cache-Control"] == "no-store", told
    assert list(PressDelivery.objects.values()) == before
    assert PressConfirmation.objects.open().count() == 1
    assert not PressKit.objects.exists()


@pytest.mark.parametrize("reason", ["wrong", "malformed", "empty", "revoked", "expired"])
def test_nor_with_one_in_the_query_where_older_clients_send_it(routes, held, newspaper, reason):
    (headers, *_) = BAD[reason](newspaper)
    plain = headers["Authorization"].removeprefix("Bearer ")
    seen = 0
    for path, has in routes.items():
        if "get" in has and path.startswith(PRESS):
            answer = Client().get(path, {auth.QUERY_KEY: plain})
            assert answer.status_code == 401, path
            seen += 1
    assert seen >= 8


def test_a_good_key_in_the_query_opens_the_ap_routes_alone(routes, held, newspaper):
    """And the pictures of what is sent early, which these clients ask for in the same way."""
    plain = services.create_key(client=newspaper)[1]
    expected = {f"{PRESS}ap": 200, f"{PRESS}early": 404}  # nothing is there
    for path, has in routes.items():
        if "get" in has and path.startswith(PRESS):
            answer = Client().get(path, {auth.QUERY_KEY: plain})
            part = "/".join(path.split("/")[:5])
            assert answer.status_code == expected.get(part, 401), path


def test_another_clients_confirmations_and_kits_are_not_ones_own(held, newspaper):
    other = PressClient.objects.create(name="bao-khac", organisation="Báo khác")
    mine, theirs = (
        {"X-API-Key": services.create_key(client=client)[1]} for client in (newspaper, other)
    )
    path = f"{PRESS}confirmations/"
    assert len(Client().get(path, headers=mine).json()["items"]) == 1
    assert Client().get(path, headers=theirs).json() == {"items": []}
    answer = call(path, "post", theirs).json()
    assert (answer["confirmed"], len(answer["unasked"])) == ([], 1)
    assert PressConfirmation.objects.open().count() == 1
    kit = f"{PRESS}kits/{payloads.STORY}.zip"
    etag = Client().get(f"{kit}?kind=text", headers=mine).headers["ETag"]
    resumed = {"Range": "bytes=10-", "If-Range": etag} | theirs
    assert Client().get(f"{kit}?kind=text", headers=resumed).status_code == 200  # its own, whole


def test_what_was_not_agreed_to_for_a_client_is_403_on_every_route_of_the_item(routes, newspaper):
    ledger.publish(payloads.story(purposes=["website"]))
    headers = {"X-API-Key": services.create_key(client=newspaper)[1]}
    seen = 0
    for path, has in routes.items():
        if payloads.STORY in path and path.startswith(PRESS) and "/early/" not in path:
            for method in has:
                answer = call(path, method, headers)
                assert answer.status_code == 403, path
                assert "nón" not in answer.content.decode()
                seen += 1
    assert seen >= 8
    assert Release.objects.count() == 1
    assert not PressDelivery.objects.exists()
