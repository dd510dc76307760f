"""Every public address, walked: a draft, a waiting, a withheld and a withdrawn text are in none.

Addresses are read from the URL configuration itself, so a new one is walked without being listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from stories import factories
from stories.pages.models import Withdrawal
from stories.press import services as press
from stories.press.models import PressClient
from stories.press.room.tests import newsrooms

pytestmark = pytest.mark.django_db

STAFF = ("quan-tri/", "tai-lieu/")
HIDDEN = "Chuyện kín"


def routes(resolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if route.startswith(STAFF):
            continue
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route


@pytest.fixture
def hidden(people) -> list:
    """One page in each state that isn't public, each with a picture, named apart."""

    def make(state: str, model=factories.story):
        return model(
            people["editor"],
            title=f"{HIDDEN} {state}",
            lead=f"{HIDDEN} {state}",
            tags=[f"{HIDDEN} {state}"],
            lead_picture=factories.picture(title=f"{HIDDEN} {state}", caption=f"{HIDDEN} {state}"),
        )

    withheld = factories.publish(make("tạm gỡ"), people)
    withheld.withdraw(Withdrawal("withheld", "Đang xem xét."), people["board"])
    canceled = factories.publish(make("thu hồi"), people)
    canceled.withdraw(Withdrawal("canceled", "Sai sự thật."), people["board"])
    waiting = factories.submit(make("chờ duyệt"), people["editor"])
    profile = factories.publish(make("hồ sơ gỡ", factories.exemplar), people)
    profile.withdraw(Withdrawal("canceled", "Nhân vật đề nghị."), people["board"])
    return [
        make("nháp"),
        waiting,
        withheld,
        canceled,
        profile,
        make("hồ sơ nháp", factories.exemplar),
    ]


def addresses(hidden: list) -> list[str]:
    found = []
    for route in routes(get_resolver()):
        names = re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", route)
        if not names:
            found.append(f"/{route}")
            continue
        for page in hidden:
            samples = {
                "slug": page.slug,
                "uuid": str(page.uuid),
                "item": str(page.uuid),
                "ident": str(page.lead_picture.uuid),
                "year": "2026",
                "month": "11",
                "code": "nong-dan",
                "name": page.lead_picture.file.name,
                "rest": "stories/",
                "pk": "1",
                "token": "WzEsMTc5NjAwMDAwMF0.forged",
            }
            path = route
            for form in (r"\(\?P<{}>[^)]*\)", r"<(?:\w+:)?{}>"):
                for name, sample in samples.items():
                    path = re.sub(form.format(name), sample, path)
            assert "<" not in path, f"no sample for {route}"
            found.append(f"/{path}")
            if "ident" in route:
                found.append(f"/{path}".replace(samples["ident"], samples["uuid"]))
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("caller", ["anyone", "press", "reporter", "editor of another unit"])
def test_what_is_not_public_is_at_no_public_address(client, people, hidden, caller) -> None:
    headers = {}
    if caller == "press":
        headers = {"Authorization": f"Bearer {press_key()}"}
    elif caller == "reporter":
        client = newsrooms.browser(newsrooms.person(newsrooms.newsroom()))
    elif caller.startswith("editor"):
        client.force_login(people["other_editor"])
    walked = addresses(hidden)
    assert len(walked) > 40
    walked += [
        "/luu-tru/?q=chuyen+kin",
        "/api/v1/search/?q=Chuy%E1%BB%87n+k%C3%ADn",
        "/api/v1/stories/?limit=100",
        "/api/v1/press/feed/?format=ninjs",
        *(f"/bao-chi/?type={name}&q=chuyen+kin" for name in ("", "story", "exemplar", "picture")),
        *(f"/bao-chi/bai/{page.uuid}/tai/{name}/" for page in hidden for name in ("text", "nitf")),
        *(f"/api/v1/pages/?path=/phu-nu-dat-to/{page.slug}/" for page in hidden),
        *(f"/api/v1/pages/?path=/id/{page.uuid}/" for page in hidden),
        *(f"/api/v1/pages/related/?uuid={page.uuid}" for page in hidden),
    ]
    for url in walked:
        response = client.get(url, headers=headers)
        body = b"".join(response) if response.streaming else response.content
        # What the visitor typed is shown again in the search box; nothing else may be.
        text = body.decode(errors="replace")
        assert HIDDEN not in text or (
            url.startswith(("/luu-tru/?", "/api/v1/search")) and "nháp" not in text
        ), url
        assert response.status_code < 500, url


def press_key() -> str:
    client = PressClient.objects.create(name="bao-phu-tho", organisation="Báo Phú Thọ")
    return press.create_key(client=client)[1]


@pytest.mark.parametrize("path", ["/a%00b/", "/phu-nu-dat-to/a%00b/", "/tep/a%00b", "/api/v1/%00/"])
def test_a_null_in_a_path_is_not_found(client, db, path) -> None:
    assert client.get(path).status_code == 404
