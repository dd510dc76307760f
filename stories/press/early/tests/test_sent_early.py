"""What is approved for a time to come: who has it early, what it says, how it is taken back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from wagtail.models import Revision

from media.people import services as media
from media.people.purposes import Purpose
from stories import factories
from stories.pages.models import StoryPage
from stories.press.early.services import set_embargo
from stories.press.models import PressConfirmation, PressDelivery
from stories.press.tests import embargo
from stories.press.tests.embargo import LINE, TIME
from stories.press.told import reader
from stories.press.told import services as told
from stories.releases.advance import services as advance
from stories.releases.models import Advance, Item, Release, Takedown

pytestmark = pytest.mark.django_db
FEED = "/api/v1/press/feed/"


@pytest.fixture
def clock(monkeypatch):
    return embargo.Clock(monkeypatch, TIME - timedelta(days=1))


@pytest.fixture
def early(people, clock):
    """Calls the API with the key of a client that has the right."""
    return embargo.puller(embargo.client("bao-phu-tho", people, embargo=True)[1])


@pytest.fixture
def others(people, clock):
    return embargo.puller(embargo.client("bao-khac", people)[1])


@pytest.fixture
def page(people, clock):
    picture = factories.picture(seed=7)
    return embargo.schedule(factories.story(people["editor"], lead_picture=picture), people)


def read_on(pull, after: str = "") -> tuple[list[dict], str]:
    """All that follows, page by page, and the last cursor."""
    found = []
    while True:
        answer = pull(FEED, {"after": after, "limit": 2} if after else {"limit": 2}).json()
        if not answer["items"]:
            assert answer["next"] == after or not after
            return found, answer["next"]
        found, after = found + answer["items"], answer["next"]


def said(items: list[dict], *fields: str) -> list[tuple]:
    return [tuple(item.get(field) for field in fields) for item in items]


def test_it_comes_marked_and_later_as_a_higher_version(people, page, early, others, clock) -> None:
    items, cursor = read_on(early)
    assert {item["type"] for item in items} == {"story", "picture"}
    assert {item["embargoed"] for item in items} == {"2026-12-20T01:00:00Z"}
    assert not Item.objects.exists() and not Release.objects.exists()
    assert said(read_on(others)[0], "uuid") == []
    clock.now = TIME + timedelta(hours=5)  # cron was away
    assert said(read_on(others)[0], "uuid") == [] and not StoryPage.objects.get(pk=page.pk).live
    assert embargo.publish_due() == ""
    published, cursor = read_on(early, cursor)
    assert sorted(said(published, "type", "version", "kind", "embargoed")) == [
        ("picture", 2, "usable", None),
        ("story", 2, "usable", None),
    ]
    assert {one["uri"] for one in published} == {one["uri"] for one in items}
    assert read_on(early, cursor) == ([], cursor)
    fresh = read_on(others)
    assert fresh[0] == published
    assert read_on(early)[0] == published  # nothing of before, for who starts over


def test_every_pull_of_a_chain_has_each_thing_once(people, early, clock) -> None:
    seen, cursor = [], ""
    for number in range(3):
        page = factories.story(people["editor"], title=f"Bài {number}")
        embargo.schedule(page, people, TIME + timedelta(hours=number))
        factories.publish(factories.story(people["editor"], title=f"Đăng {number}"), people)
        found, cursor = read_on(early, cursor)
        seen += found
    clock.now = TIME + timedelta(days=1)
    embargo.publish_due()
    found, cursor = read_on(early, cursor)
    seen += found
    keys = said(seen, "uuid", "version")
    assert len(keys) == len(set(keys)) == 9
    assert [row.seq for row in Advance.objects.order_by("seq")] == [1, 2, 3]


TAKEN_BACK = {
    "time": "withheld",
    "board": "withheld",
    "deleted": "canceled",
    "caption": "withheld",
    "consent": "withheld",
    "behind": "withheld",
}


def by_time(page, people, woman) -> None:
    revision = Revision.objects.exclude(approved_go_live_at=None).get()
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])


def by_board(page, people, woman) -> None:
    with pytest.raises(PermissionDenied):
        advance.cancel(item=page.uuid, user=people["editor"])
    advance.cancel(item=page.uuid, user=people["board"])


def by_deleted(page, people, woman) -> None:
    page.delete()


def by_caption(page, people, woman) -> None:
    page.lead_picture.caption = "Chú thích khác"
    page.lead_picture.save()
    advance.settle_each()


def by_consent(page, people, woman) -> None:
    (consent,) = woman.consents.all()
    media.withdraw_consent(consent=consent, user=people["editor"], how="phone")


def by_behind(page, people, woman) -> None:
    """Past every signal; the next round of cron sees it."""
    Revision.objects.update(approved_go_live_at=None)
    embargo.publish_due()


@pytest.mark.parametrize("way", TAKEN_BACK)
def test_what_is_void_is_taken_back_told_and_confirmed(people, early, others, clock, way) -> None:
    woman = factories.person("Phùng Thị Kín")
    factories.consent(woman, people["editor"])
    picture = factories.picture(seed=7, people=[woman])
    page = factories.story(people["editor"], lead_picture=picture, named=[woman])
    page = embargo.schedule(page, people)
    items, cursor = read_on(early)
    globals()[f"by_{way}"](page, people, woman)
    taken, cursor = read_on(early, cursor)
    uuid = str(page.uuid)
    (story,) = [one for one in taken if one["uuid"] == uuid]
    assert (story["kind"], story["version"]) == (TAKEN_BACK[way], 2)
    assert [one["kind"] for one in taken if one["type"] == "picture"] == ["withheld"]
    assert "nón" not in json.dumps(taken, ensure_ascii=False)
    assert "embargoed" not in story
    assert read_on(others)[0] == []
    picture_href = _press(items)["href"].removeprefix("http://testserver")
    assert early(picture_href).status_code == 404
    assert early(f"/api/v1/press/kits/{uuid}.zip").status_code == 410
    assert early(f"/api/v1/press/items/{uuid}/", {"version": 1}).status_code == 410
    # told like a takedown, by everyone who holds it, and confirmed by version
    reader.catch_up()
    told.see_told()
    rows = PressConfirmation.objects.open()
    assert {row.client.name for row in rows} == {"bao-phu-tho"}
    assert {row.told_at is not None for row in rows} == {True}
    open_ones = early("/api/v1/press/confirmations/").json()["items"]
    assert (uuid, 2, TAKEN_BACK[way]) in said(open_ones, "uuid", "version", "kind")
    told.confirm(client=rows[0].client, item=page.uuid, version=2, how=told.How.API, by="Trực tin")
    assert not PressConfirmation.objects.open().filter(item=page.uuid).exists()
    if way == "consent":
        assert Takedown.objects.get().advances.count() == 2
        assert Advance.objects.get(item=page.uuid, version=2).reason == "consent"


def _press(items: list[dict]) -> dict:
    (picture,) = [item for item in items if item["type"] == "picture"]
    (found,) = [one for one in picture["renditions"] if one["name"] == "press"]
    return found


def test_an_approval_again_sends_again_and_the_publication_follows(
    people, page, early, clock
) -> None:
    read_on(early)
    advance.cancel(item=page.uuid, user=people["board"])
    clock.pass_(hours=1)
    page = embargo.schedule(page, people)
    story = early(f"/api/v1/press/items/{page.uuid}/").json()
    assert (story["version"], story["kind"]) == (3, "usable")
    clock.now = TIME + timedelta(minutes=1)
    embargo.publish_due()
    assert Item.objects.get(pk=page.uuid).version == 4
    assert early(f"/api/v1/press/items/{page.uuid}/", {"version": 1}).status_code == 404


def test_another_time_comes_as_a_correction_that_is_to_be_confirmed(
    people, page, early, clock
) -> None:
    _items, cursor = read_on(early)
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = TIME + timedelta(hours=1)
    draft.save_revision(user=people["editor"]).publish(skip_permission_checks=True)
    found, _cursor = read_on(early, cursor)
    assert set(said(found, "kind", "version", "embargoed", "note")) == {
        ("correction", 2, "2026-12-20T02:00:00Z", "Giờ công bố đã đổi.")
    }
    reader.catch_up()
    assert PressConfirmation.objects.open().count() == len(found) == 2
    clock.now = TIME + timedelta(hours=2)
    embargo.publish_due()
    reader.catch_up()
    assert not PressConfirmation.objects.open().exists()


def test_an_edit_after_the_approval_changes_nothing_that_will_be_published(
    people, page, early, clock
) -> None:
    _items, cursor = read_on(early)
    draft = page.get_latest_revision_as_object()
    draft.title = "Tít sửa sau khi duyệt"
    draft.save_revision(user=people["editor"])
    assert read_on(early, cursor) == ([], cursor)
    clock.now = TIME + timedelta(minutes=1)
    embargo.publish_due()
    assert Item.objects.get(pk=page.uuid).current.data["title"] == page.title


def test_purposes_hold_for_what_is_sent_early_too(people, clock) -> None:
    woman = factories.person("Phùng Thị Kín")
    everywhere = factories.consent(woman, people["editor"])
    web = [Purpose.WEBSITE, Purpose.RADIO_TV]
    factories.consent(woman, people["editor"], purposes=web)
    page = factories.story(people["editor"], named=[woman])
    page = embargo.schedule(page, people)
    paper = embargo.puller(embargo.client("bao", people, embargo=True)[1])
    station = embargo.puller(embargo.client("dai", people, embargo=True, kind="broadcaster")[1])
    cursors = {name: read_on(pull) for name, pull in (("bao", paper), ("dai", station))}
    assert [len(found) for found, _cursor in cursors.values()] == [1, 1]
    media.withdraw_consent(consent=everywhere, user=people["editor"], how="phone")
    ((notice,), _next) = read_on(paper, cursors["bao"][1])
    assert (notice["kind"], notice["version"]) == ("withheld", 2) and not notice["body"]
    assert read_on(station, cursors["dai"][1])[0][0]["kind"] == "correction"
    path = f"/api/v1/press/items/{page.uuid}/"
    assert paper(path).json()["kind"] == "withheld"
    late = embargo.puller(embargo.client("bao-moi", people, embargo=True)[1])
    assert read_on(late)[0][0]["kind"] == "withheld"


def test_deliveries_are_on_record_and_taken_along_by_a_later_takedown(
    people, page, early, clock
) -> None:
    read_on(early)
    assert {(one.version, one.channel) for one in PressDelivery.objects.all()} == {(1, "feed")}
    clock.now = TIME + timedelta(minutes=1)
    embargo.publish_due()
    reader.catch_up()
    assert not PressConfirmation.objects.exists()
    from stories.pages.models import Withdrawal

    page = StoryPage.objects.get(pk=page.pk)
    page.withdraw(Withdrawal("canceled", "Sai sự thật.", "error"), people["board"])
    reader.catch_up()
    assert {row.release.version for row in PressConfirmation.objects.all()} == {3}


def test_the_right_is_for_the_board_to_give(people, clock) -> None:
    made, _key = embargo.client("bao-phu-tho", people)
    for role in ("admin", "editor", "reviewer"):
        with pytest.raises(PermissionDenied):
            set_embargo(client=made, allowed=True, user=people[role])
    set_embargo(client=made, allowed=True, user=people["board"])
    made.refresh_from_db()
    assert made.embargo


def test_faces_say_it_in_their_own_field_and_in_words(people, page, early) -> None:
    path = f"/api/v1/press/items/{page.uuid}/"
    moment = "2026-12-20T01:00:00Z"
    ninjs = early(path, {"format": "ninjs"}).json()
    assert ninjs["embargoed"] == moment and ninjs["ednote"] == LINE
    assert early(path, {"format": "superdesk"}).json()["embargoed"] == moment
    assert early(path, {"format": "ninjs-3.1"}).json()["embargoedUntil"] == moment
    ap = early("/api/v1/press/ap/feed/").json()["data"]["items"]
    assert {one["item"]["embargoed"] for one in ap} == {moment}
    assert {one["item"]["ednote"] for one in ap} == {LINE}
    g2 = early(path, {"format": "newsml-g2"}).content.decode()
    assert f"<embargoed>{moment}</embargoed>" in g2
    nitf = early(path, {"format": "nitf"}).content.decode()
    assert 'management-status="embargoed"' in nitf and 'norm="20261220T010000Z"' in nitf
    for plain in ("text", "radio"):
        assert early(path, {"format": plain}).content.decode().startswith(LINE)


def test_the_table_takes_no_change(people, page) -> None:
    with pytest.raises(PermissionDenied):
        Advance.objects.update(note="x")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE releases_advance SET title = 'x'") if False else cursor.execute(
            "UPDATE releases_advance SET payload = '{}'"
        )
