"""The rules that hold for every route of /api/v1/, checked by walking all of them."""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from django.core.cache import cache
from django.utils import timezone
from openapi_spec_validator import OpenAPIV31SpecValidator

from stories.press import keys, services
from stories.press.models import PressClient
from stories.press.tests import ledger, payloads

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).parent / "openapi.json"
PAGES = ["/api/v1/", "/api/v1/docs/", "/api/v1/openapi.json"]
PRESS = "/api/v1/press/"


@pytest.fixture
def description(client) -> dict:
    return client.get("/api/v1/openapi.json").json()


@pytest.fixture
def routes(description) -> list[str]:
    """Every described route with ids filled in, and the pages around them."""
    found = [re.sub(r"{\w+}", payloads.STORY, path) for path in description["paths"]]
    assert len(found) >= 6
    return found + PAGES


def refused_keys(client: PressClient) -> dict[str, str]:
    """One key for each reason not to hold."""
    revoked, revoked_plain = services.create_key(client=client)
    services.revoke_key(key=revoked)
    past = timezone.now() - timedelta(seconds=1)
    stopped = PressClient.objects.create(name="dung", organisation="Dừng", is_active=False)
    return {
        "made up": "abc",
        "well formed but unknown": keys.generate(),
        "revoked": revoked_plain,
        "expired": services.create_key(client=client, expires_at=past)[1],
        "of a stopped client": services.create_key(client=stopped)[1],
        "empty": "",
    }


def is_problem(answer, status: int) -> dict:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    document = answer.json()
    assert {"type", "title", "status", "detail", "instance"} <= set(document)
    assert document["status"] == status
    assert document["type"].startswith("http://testserver/api/v1/docs/#")
    return document


def test_a_key_that_does_not_hold_is_401_on_every_route(client, routes, newspaper):
    ledger.publish(payloads.story())
    for reason, plain in refused_keys(newspaper).items():
        for path in routes:
            for headers in ({"Authorization": f"Bearer {plain}"}, {"X-API-Key": plain}):
                answer = client.get(path, headers=headers)
                assert answer.status_code == 401, (reason, path, headers)
                is_problem(answer, 401)
                assert answer.headers["WWW-Authenticate"].startswith("Bearer ")
                assert "nón" not in answer.content.decode()


def test_without_a_key_every_press_route_is_401(client, routes):
    press = [path for path in routes if path.startswith(PRESS)]
    assert len(press) >= 2
    for path in press:
        for headers in ({}, {"Authorization": "Basic YTpi"}):
            answer = client.get(path, headers=headers)
            is_problem(answer, 401)
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="bao-chi"'
            assert client.head(path, headers=headers).status_code == 401


def test_two_different_keys_or_another_scheme_are_refused(client, key):
    path = f"{PRESS}feed/"
    good = {"Authorization": f"Bearer {key}"}
    assert client.get(path, headers=good).status_code == 200
    assert client.get(path, headers={"X-API-Key": key}).status_code == 200
    assert client.get(path, headers=good | {"X-API-Key": key}).status_code == 200
    is_problem(client.get(path, headers=good | {"X-API-Key": keys.generate()}), 401)
    is_problem(client.get("/api/v1/stories/", headers={"Authorization": f"Token {key}"}), 401)


def test_a_good_key_also_opens_the_public_routes(pull):
    ledger.publish(payloads.story())
    assert pull(f"/api/v1/stories/{payloads.STORY}/").status_code == 200


def test_an_unknown_parameter_is_400_and_named_on_every_route(pull, routes):
    ledger.publish(payloads.story())
    for path in routes:
        document = is_problem(pull(path, {"khong_co": "1"}), 400)
        assert document["type"].endswith("#unknown-parameter"), path
        assert [error["field"] for error in document["errors"]] == ["khong_co"], path
        assert document["errors"][0]["location"] == "query"
        assert document["instance"] == path


def test_a_single_parameter_given_twice_is_400(pull):
    for path in ("/api/v1/stories/", f"{PRESS}feed/"):
        document = is_problem(pull(path, {"limit": ["1", "2"]}), 400)
        assert document["errors"][0]["code"] == "repeated"


def test_writing_methods_are_405_and_say_what_is_allowed(client, routes, key):
    headers = {"Authorization": f"Bearer {key}"}
    for path in routes:
        written = path.endswith("/confirmations/")  # the one that takes something
        for method in (client.post, client.put, client.delete, client.patch):
            if written and method == client.post:
                continue
            answer = method(path, headers=headers)
            is_problem(answer, 405)
            assert answer.headers["Allow"] == ("GET, HEAD, POST" if written else "GET, HEAD")


def test_head_answers_like_get_without_a_body(pull, client, key, routes):
    ledger.publish(payloads.story())
    for path in routes:
        got = pull(path)
        head = client.head(path, headers={"Authorization": f"Bearer {key}"})
        assert (head.status_code, head.content) == (got.status_code, b"")
        assert head.headers.get("ETag") == got.headers.get("ETag")


def test_what_is_not_there_is_a_404_problem(client):
    for path in (
        "khong-co/",
        "stories/khong-phai-ma/",
        "press/items/x/",
        "press/",
        "x.json",
        "stories/a%0A/",
        "a%00",
    ):
        for method in (client.get, client.post):
            is_problem(method(f"/api/v1/{path}"), 404)


def test_a_missing_final_slash_is_mended(client):
    answer = client.get("/api/v1/stories?limit=5")
    assert answer.status_code in (301, 308)
    assert answer.headers["Location"].endswith("/api/v1/stories/?limit=5")


def test_titles_are_vietnamese_and_codes_english(client):
    document = is_problem(client.get("/api/v1/stories/", {"limit": "500", "x": "1"}), 400)
    assert document["title"] == "Yêu cầu không hợp lệ"
    document = is_problem(client.get("/api/v1/stories/", {"limit": "500"}), 400)
    assert document["errors"] == [
        {
            "field": "limit",
            "location": "query",
            "code": "less_than_equal",
            "message": "Nhiều nhất là 100.",
        }
    ]


def test_a_client_over_its_limit_is_told_when_to_come_back(pull, newspaper):
    newspaper.requests_per_minute = 2
    newspaper.save()
    cache.clear()
    answers = [pull(f"{PRESS}feed/") for _ in range(3)]
    document = is_problem(answers[2], 429)
    assert document["type"].endswith("#too-many-requests")
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 60


def test_a_crash_is_a_problem_without_its_insides(client, monkeypatch):
    from stories.press import selectors

    def crash(*args: object) -> None:
        raise RuntimeError("mật khẩu")

    monkeypatch.setattr(selectors, "public_text", crash)
    client.raise_request_exception = False
    answer = client.get(f"/api/v1/stories/{payloads.STORY}/")
    is_problem(answer, 500)
    assert "mật khẩu" not in answer.content.decode()


def test_the_description_is_valid_openapi_3_1(description):
    assert description["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(description).validate()


def test_the_description_is_the_committed_one(description):
    text = json.dumps(description, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if os.environ.get("GOLDEN_WRITE") == "1":
        SNAPSHOT.write_text(text, encoding="utf-8")
    assert text == SNAPSHOT.read_text(encoding="utf-8")


def test_answers_are_as_described(client, pull, description):
    ledger.publish(payloads.picture())
    ledger.publish(payloads.story())
    ledger.publish(payloads.exemplar())
    ledger.story(1, exemplars=[])
    ledger.withdraw(ledger.nth(1))
    answers = {
        "/api/v1/stories/": client.get("/api/v1/stories/"),
        "/api/v1/stories/{item}/": client.get(f"/api/v1/stories/{payloads.STORY}/"),
        "/api/v1/exemplars/": client.get("/api/v1/exemplars/"),
        "/api/v1/exemplars/{item}/": client.get(f"/api/v1/exemplars/{payloads.EXEMPLAR}/"),
        f"{PRESS}feed/": pull(f"{PRESS}feed/"),
        f"{PRESS}items/{{item}}/": pull(f"{PRESS}items/{payloads.STORY}/"),
        f"{PRESS}ap/feed/": pull(f"{PRESS}ap/feed/"),
        f"{PRESS}ap/item/{{item}}/": pull(f"{PRESS}ap/item/{payloads.STORY}/"),
        f"{PRESS}ap/plans/": pull(f"{PRESS}ap/plans/"),
    }
    for path, answer in answers.items():
        operation = description["paths"][path]["get"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        whole = schema | {"components": description["components"]}
        jsonschema.Draft202012Validator(whole).validate(answer.json())


def test_the_docs_page_loads_nothing_from_elsewhere(client):
    page = client.get("/api/v1/docs/").content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert '"validatorUrl": null' in page


def test_the_root_leads_to_the_docs(client):
    assert client.get("/api/v1/").headers["Location"] == "/api/v1/docs/"
