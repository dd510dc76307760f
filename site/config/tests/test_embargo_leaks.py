"""Nothing of a text that waits for its time leaves the house, but to clients with the embargo right.

A word that stands nowhere else is in every part of it. Every address is asked, as the URL
configuration and the API's description list them, so a new one is asked without being named here;
what comes back is unpacked (ZIP, Word, JPEG with XMP and IIM), unescaped and folded, headers too.
"""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from config.api import api
from config.tests.test_nothing_leaks import routes
from media.selectors import open_at
from stories import factories
from stories.press.models import PressConfirmation, PressHookEvent
from stories.press.tests import embargo
from stories.press.tests.embargo import TIME
from stories.press.told import reader as told
from stories.press.webhooks import reader as hooks
from stories.press.webhooks.services import create_hook
from stories.releases import drawing
from stories.releases.models import Advance, Item

pytestmark = pytest.mark.django_db
WORD, FOLDED = "Quỳnhzẹp", "quynhzep"
ESCAPED = re.compile(rb"\\u([0-9a-fA-F]{4})")
# Of what is asked: what finds it without saying the whole word, since a page repeats the question.
QUESTIONS = ("quynhze", "quynhzeb", "Quỳnhzẹ", "qu")
IN_PATH = re.compile(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>|\{(?:\w+:)?(\w+)\}")


def folded(text: str) -> str:
    split = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def contents(data: bytes) -> Iterator[bytes]:
    """The bytes, and what is packed in them."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from contents(archive.read(name))


def told_by(response) -> str:
    """All that an answer says, folded."""
    data = [f"{name}: {value}".encode() for name, value in response.headers.items()]
    data += contents(b"" if response.status_code == 304 else embargo.body(response))
    texts = []
    for part in data:
        plain = ESCAPED.sub(lambda found: chr(int(found[1], 16)).encode("utf-8", "replace"), part)
        texts.append(html.unescape(plain.decode(errors="ignore")))
    return folded("\n".join(texts))


class World:
    """A public story, an embargoed story and profile with the word in every part, three callers."""

    def __init__(self, people) -> None:
        self.public = factories.publish(factories.story(people["editor"]), people)
        woman = factories.person(f"{WORD} Thị Nhân")
        factories.consent(woman, people["editor"])
        words = ("title", "caption", "credit", "alt_text", "terms", "rights_holder", "place")
        picture = factories.picture(
            seed=9, people=[woman], **{name: f"{WORD} {name}" for name in words}
        )
        picture.tags.add(f"{WORD} khóa")
        assert drawing.ahead() == []
        self.picture = picture
        said = {name: f"{WORD} {name}" for name in ("title", "lead", "byline")}
        body = [
            ("paragraph", f"<p>{WORD} thân bài.</p>"),
            ("picture", {"picture": picture, "caption": f"{WORD} dưới ảnh", "credit": ""}),
            ("quote", {"text": f"{WORD} nói", "attribution": WORD}),
        ]
        story = factories.story(
            people["editor"],
            lead_picture=picture,
            named=[woman],
            tags=[f"{WORD} thẻ"],
            body=body,
            **said,
        )
        profile = factories.exemplar(
            people["editor"], person=woman, role=WORD, **said | {"body": body}
        )
        self.pages = [embargo.schedule(page, people) for page in (story, profile)]
        self.right, self.right_key = embargo.client("bao-som", people, embargo=True)
        self.other, self.other_key = embargo.client("bao-khac", people)
        self.secrets = {FOLDED} | {
            form
            for uuid in (*(page.uuid for page in self.pages), picture.uuid)
            for form in (str(uuid), uuid.hex)
        }
        self.names = [one.file.name for one in picture.renditions.all()]
        assert any(name.endswith(".avif") for name in self.names)

    def callers(self) -> dict[str, dict]:
        return {
            "anyone": {},
            "other client": {"X-API-Key": self.other_key},
            "client with the right": {"X-API-Key": self.right_key},
        }


@pytest.fixture
def clock(monkeypatch):
    return embargo.Clock(monkeypatch, TIME - timedelta(days=1))


@pytest.fixture
def world(people, clock) -> World:
    return World(people)


def samples(world: World) -> list[dict[str, list[str]]]:
    """Values of the parameters in addresses, of each embargoed thing."""
    found = []
    for page in world.pages:
        uuids = [str(page.uuid), str(world.picture.uuid)]
        found.append(
            {
                "slug": [page.slug],
                "uuid": uuids,
                "item": uuids,
                "ident": uuids,
                "year": ["2026"],
                "month": ["11"],
                "pk": ["1"],
                "code": ["nong-dan"],
                "name": world.names,
                "rest": ["stories/"],
                "token": ["WzEsMTc5NjAwMDAwMF0.forged"],
            }
        )
    return found


def filled(route: str, values: dict[str, list[str]]) -> list[str]:
    names = [next(filter(None, found)) for found in IN_PATH.findall(route)]
    assert set(names) <= values.keys(), f"no sample for {route}"
    return [
        "/" + _put(route, dict(zip(names, chosen, strict=True)))
        for chosen in product(*(values[name] for name in names))
    ]


def _put(route: str, chosen: dict[str, str]) -> str:
    return IN_PATH.sub(lambda found: chosen[next(filter(None, found.groups()))], route)


def described() -> Iterator[tuple[str, list[str]]]:
    """Each GET operation of the API with its queries: every value of every choice, once."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        queries = [""]
        for one in methods.get("get", {}).get("parameters", ()):
            options = _options(one["schema"])
            if one["in"] == "query" and options:
                queries += [f"?{one['name']}={option}" for option in options]
            elif one["in"] == "query" and one["name"] == "q" and "/search/" in path:
                queries = [f"?q={question}" for question in QUESTIONS]
        if "get" in methods:
            yield path.lstrip("/"), queries


def _options(schema: dict) -> list[str]:
    parts = (schema, *schema.get("allOf", ()), *schema.get("anyOf", ()))
    return [option for part in parts for option in part.get("enum", ())]


def addresses(world: World) -> list[str]:
    """Every address outside the admin, with whatever can be asked for there."""
    found: list[str] = []
    for values in samples(world):
        for route in routes(get_resolver()):
            found += filled(route.replace("\\.", "."), values)
        for path, queries in described():
            found += [at + query for at in filled(path, values) for query in queries]
    for question in QUESTIONS:
        found += [f"/luu-tru/?q={question}", f"/dien-hinh/?q={question}"]
    found += [f"/tep/{name}" for name in [*world.names, world.picture.file.name]]
    return list(dict.fromkeys(found))


def tellers(world: World, walked: list[str], headers: dict, secrets) -> dict[str, str]:
    """Address → which of the secrets it tells, other than by repeating its own address."""
    found = {}
    for url in walked:
        answer = Client().get(url, headers=headers)
        assert answer.status_code < 500, url
        said = told_by(answer).replace(folded(url), "").replace(folded(url.partition("?")[0]), "")
        for value in re.findall(r"[^/?=&.]{6,}", folded(url)):
            # Errors name what was asked for; who asks knows it already.
            if answer.status_code >= 300:
                said = said.replace(value, "")
        for secret in secrets:
            if secret in said:
                found[url] = secret
    return found


def test_nothing_is_told_before_its_time_but_to_who_has_the_right(
    people, world, clock, settings
) -> None:
    walked = addresses(world)
    assert len(walked) > 130
    for clock.now in (TIME - timedelta(seconds=1), TIME + timedelta(hours=6)):  # cron is late
        if clock.now < TIME:
            assert embargo.publish_due() == ""
        call_command("archive_index", "catchup", stdout=io.StringIO())
        for caller, headers in world.callers().items():
            found = tellers(world, walked, headers, world.secrets)
            if caller == "client with the right":
                assert all(url.startswith("/api/v1/press/") for url in found), found
                assert len(found) > 25
            else:
                assert found == {}, caller
    assert not Item.objects.filter(pk__in=[page.uuid for page in world.pages]).exists()

    assert embargo.publish_due() == ""
    call_command("archive_index", "catchup", stdout=io.StringIO())
    for caller, headers in world.callers().items():
        found = tellers(world, walked, headers, {FOLDED})
        for at in (
            "/phu-nu-dat-to/",
            f"/phu-nu-dat-to/{world.pages[0].slug}/",
            f"/dien-hinh/{world.pages[1].slug}/",
            "/phu-nu-dat-to/atom.xml",
            "/phu-nu-dat-to/feed.json",
            "/api/v1/stories/",
            "/luu-tru/?q=quynhze",
            f"/api/v1/stories/{world.pages[0].uuid}/",
        ):
            assert at in found, (caller, at)
        of_press = [url for url in found if url.startswith("/api/v1/press/")]
        assert bool(of_press) is (caller != "anyone")
        assert "embargoed" not in told_by(Client().get("/api/v1/press/feed/", headers=headers))
    told_feeds = [
        embargo.body(Client().get("/api/v1/press/feed/", headers=headers))
        for headers in list(world.callers().values())[1:]
    ]
    # The same ledger for both; the cursor of the one also says how far it read the early ones.
    assert told_feeds[0].partition(b'],"next"')[0] == told_feeds[1].partition(b'],"next"')[0]


def test_with_the_right_pictures_kits_and_words_are_there_whole(world, clock) -> None:
    headers = {"X-API-Key": world.right_key}
    feed = Client().get("/api/v1/press/feed/", headers=headers).json()["items"]
    (picture,) = [one for one in feed if one.get("embargoed") and one["type"] == "picture"]
    hrefs = {one["name"]: one["href"] for one in picture["renditions"]}
    assert hrefs.keys() == {"press", "jpeg720"}
    at = hrefs["press"].removeprefix("http://testserver")
    for way in ({"headers": headers}, {"query_params": {"apikey": world.right_key}}):
        content = embargo.body(Client().get(at, **way))
        assert content.startswith(b"\xff\xd8") and WORD.encode() in content
    for key in ({}, {"X-API-Key": world.other_key}):
        assert Client().get(at, headers=key).status_code in {401, 404}
    with open_at(at.replace("/api/v1/press/early/", "/tep/")) as file:
        assert file.read() == content
    kit = Client().get(f"/api/v1/press/kits/{world.pages[0].uuid}.zip", headers=headers)
    with zipfile.ZipFile(io.BytesIO(embargo.body(kit))) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = archive.namelist()
    assert manifest["embargoed"] == "2026-12-20T01:00:00Z" and manifest["left_out"] == []
    assert any(name.endswith(".jpg") for name in names)
    said = told_by(Client().get(f"/api/v1/press/kits/{world.pages[0].uuid}.zip", headers=headers))
    assert folded(embargo.LINE) in said


def test_what_waits_answers_like_what_never_was(world, clock) -> None:
    """Status, body, headers, number of queries: for who has no right, nothing tells the two apart."""
    compared = 0
    for values in samples(world):
        nobody = str(uuid4())
        # As long as the real ones: `Content-Length` counts what an error repeats.
        nothing = {
            "slug": ["k" * len(values["slug"][0])],
            "name": ["images/" + "x" * (len(world.names[0]) - 12) + world.names[0][-5:]],
        } | {name: [nobody] for name in ("uuid", "item", "ident")}
        for route in dict.fromkeys([*routes(get_resolver()), *(path for path, _q in described())]):
            names = {next(filter(None, found)) for found in IN_PATH.findall(route)}
            if not names & nothing.keys():
                continue
            there, missing = (
                filled(route.replace("\\.", "."), values | kind)[0] for kind in ({}, nothing)
            )
            for caller in ("anyone", "other client"):
                headers = world.callers()[caller]
                answers = [_seen(at, headers, values, nothing) for at in (there, missing)]
                assert answers[0] == answers[1], (caller, there)
                compared += 1
    assert compared > 40


def _seen(at: str, headers: dict, *values: dict) -> tuple:
    Client().get(at, headers=headers)  # what is prepared once is ready for both
    with CaptureQueriesContext(connection) as queries:
        answer = Client().get(at, headers=headers)
    body = embargo.body(answer).decode(errors="replace")
    shown = [str(sorted(answer.headers.items())), body]
    for one in values:
        for name in ("uuid", "slug", "name"):
            shown = [text.replace(one[name][0], "…") for text in shown if name in one]
    return (answer.status_code, *shown, len(queries))


def test_nothing_is_sent_to_who_has_no_right(people, world, clock) -> None:
    """Webhooks, confirmations, open feeds' subscribers, mails."""
    for client in (world.right, world.other):
        create_hook(client=client, url=f"https://{client.name}.vn/nhan")
    page = embargo.schedule(factories.story(people["editor"], title=f"{WORD} hai"), people)
    hooks.catch_up()
    told.catch_up()
    events = PressHookEvent.objects.select_related("hook__client", "advance")
    assert {(one.hook.client.name, one.advance.item) for one in events} == {("bao-som", page.uuid)}
    assert not PressConfirmation.objects.exists()
    staff = {"example.vn"}
    assert {to.partition("@")[2] for sent in mail.outbox for to in sent.to} <= staff
    assert Advance.objects.standing().texts().count() == 3
