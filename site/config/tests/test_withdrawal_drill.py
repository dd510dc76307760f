"""The drill: one of two persons takes back her yes, while the index and the storage are down.

Everything is pulled by every channel there is, before and after; then the machines are healed, a
corrected version comes back, and the content is purged.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.audit.services import verify
from accounts.notices.models import Notice
from config.tests.test_nothing_leaks import press_key
from media.models import Picture, PublicFile
from search.engines import get_engine
from search.engines.base import EngineError
from stories import factories
from stories.pages.models import StoryPage
from stories.press.api.formats import Format
from stories.releases import drawing
from stories.releases.models import Item, Release, Takedown, TakedownStep
from stories.releases.takedown import purge

pytestmark = pytest.mark.django_db
A, B = "Phùng Thị Diễm Kiều", "Trần Thị Hoa Mơ"
LISTS = [
    "/",
    "/phu-nu-dat-to/",
    "/dien-hinh/",
    "/bao-chi/",
    "/sitemap.xml",
    "/sitemap-2026.xml",
    "/sitemap-dien-hinh.xml",
    "/phu-nu-dat-to/atom.xml",
    "/phu-nu-dat-to/rss.xml",
    "/phu-nu-dat-to/feed.json",
    "/luu-tru/?q=nghe+non",
    "/luu-tru/?q=Diem+Kieu",
    "/api/v1/stories/?limit=100",
    "/api/v1/stories/?kind=individual",
    "/api/v1/exemplars/",
    "/api/v1/search/?q=nghe+non",
    "/api/v1/search/?q=Diem+Kieu",
    "/api/v1/search/complete/?q=Diem+Kieu",
    "/api/v1/press/feed/",
    "/api/v1/press/feed/?format=ninjs",
    "/api/v1/press/feed/?format=ninjs-3.1",
    "/api/v1/press/feed/?format=superdesk",
    "/api/v1/press/ap/feed/",
    "/api/v1/press/feed/?types=exemplar,picture",
]
NEUTRAL = ("/bao-chi/", "/sitemap.xml")


class World:
    """What was published, and every address at which it ever was."""

    def __init__(self, people) -> None:
        self.people = people
        editor = people["editor"]
        self.a, self.b = factories.person(A), factories.person(B)
        for person in (self.a, self.b):
            factories.consent(person, editor)
        self.only_a = factories.picture(seed=1, people=[self.a], caption=f"{A} bên khung nón.")
        self.only_b = factories.picture(seed=2, people=[self.b], caption=f"{B} bên bếp.")
        self.both = factories.picture(seed=3, people=[self.a, self.b], caption=f"{A} và {B}.")
        assert drawing.ahead() == []
        self.of_a = self.profile(self.a, A, self.only_a)
        self.of_b = self.profile(self.b, B, self.only_b)
        shots = [
            ("picture", {"picture": shot, "caption": "", "credit": ""})
            for shot in (self.both, self.only_b)
        ]
        body = [("paragraph", f"<p>{A} và {B} cùng giữ nghề nón.</p>"), *shots]
        draft = factories.story(
            editor,
            title=f"Nghề nón của {A}",
            slug="nghe-non",
            body=body,
            lead_picture=self.only_a,
            named=[self.a, self.b],
            exemplars=[self.of_a, self.of_b],
        )
        self.story = factories.publish(draft, people)
        other = factories.story(
            editor, title=f"Bếp của {B}", slug="bep", named=[self.b], lead_picture=self.only_b
        )
        self.other = factories.publish(other, people)

    def profile(self, person, name, picture):
        draft = factories.exemplar(
            self.people["editor"], title=name, person=person, lead_picture=picture
        )
        return factories.publish(draft, self.people)

    @property
    def of_her(self) -> list:
        return [self.story, self.of_a, self.only_a, self.both]

    @property
    def of_others(self) -> list:
        return [self.of_b, self.other, self.only_b]

    def addresses(self, thing) -> list[str]:
        item = Item.objects.get(pk=thing.uuid)
        found = [item.path, f"/id/{item.pk}", f"/id/{item.pk}/"]
        base = f"/api/v1/press/items/{item.pk}/"
        found += [base, f"{base}?version=1", f"/api/v1/press/ap/item/{item.pk}/"]
        found += [f"{base}?format={name}" for name in Format if name != Format.NATIVE]
        names = {"story": "stories", "exemplar": "exemplars"}
        if item.type in names:
            found.append(f"/api/v1/{names[item.type]}/{item.pk}/")
            kit = f"/api/v1/press/kits/{item.pk}.zip"
            found += [kit, f"{kit}?kind=text"]
        return found

    def files(self, picture) -> list[str]:
        return [one.file.name for one in picture.renditions.all()]


@pytest.fixture
def world(people, place):
    caches["pages"].clear()
    return World(people)


@pytest.fixture
def pull(client):
    """GET as a press client: what anyone may see, it sees too. (status, body)"""
    headers = {"Authorization": f"Bearer {press_key()}"}

    def get(url: str) -> tuple[int, str]:
        response = client.get(url, headers=headers)
        body = b"".join(response) if response.streaming else response.content
        return response.status_code, body.decode(errors="replace")

    return get


def fed(pull, after: str = "") -> tuple[list[dict], str]:
    """All that the feed holds after a cursor, and the cursor to go on from."""
    items = []
    while True:
        answer = json.loads(pull(f"/api/v1/press/feed/{'?after=' + after if after else ''}")[1])
        if not answer["items"]:
            return items, answer["next"] or after
        items += answer["items"]
        after = answer["next"]


def break_index(patch) -> None:
    """Elasticsearch, or the index file, is away."""

    def away(*args, **kwargs):
        raise EngineError("away")

    patch.setattr(type(get_engine()), "apply", away)


def withdraw(client, world) -> str:
    """Her editor writes it down in the admin. The address where that ends."""
    client.force_login(world.people["editor"])
    data = {
        "consents": [one.pk for one in world.a.consents.all()],
        "how": "phone",
        "when": timezone.localdate().isoformat(),
        "by": "",
    }
    answer = client.post(reverse("consent_withdraw", args=[world.a.pk]), data, follow=True)
    assert answer.status_code == 200
    client.logout()
    return answer.redirect_chain[-1][0]


def nothing_of_her(pull, world) -> None:
    """At no address that ever was, nor in any list."""
    for url in [*LISTS, *(url for thing in world.of_her for url in world.addresses(thing))]:
        status, body = pull(url)
        typed = "q=Diem+Kieu" in url
        assert status < 500, url
        assert A not in body, url
        assert typed or "Diễm" not in body, url
    for thing in world.of_her:
        for url in world.addresses(thing):
            # The press is told in place of what it held; a kit is simply no longer there.
            notice = "/press/" in url and "version" not in url and "/kits/" not in url
            assert pull(url)[0] == (200 if notice else 410), url
    hrefs = [f"/tep/{name}" for one in (world.only_a, world.both) for name in world.files_[one.pk]]
    assert {pull(href)[0] for href in hrefs} == {404}
    assert not PublicFile.objects.filter(picture__in=[world.only_a.uuid, world.both.uuid]).exists()


def others_stay(pull, world, pictures: int = 200) -> None:
    for thing in world.of_others:
        for url in world.addresses(thing):
            with_pictures = url.endswith((".zip", "?format=docx"))
            expected = (pictures,) if with_pictures else (200, 302)
            assert pull(url)[0] in expected, url
    assert {pull(f"/tep/{name}")[0] for name in world.files_[world.only_b.pk]} == {pictures}
    for url in ("/", "/phu-nu-dat-to/", "/dien-hinh/", "/luu-tru/?q=bep", "/sitemap-2026.xml"):
        status, body = pull(url)
        assert status == 200
        assert B in body or Item.objects.get(pk=world.other.uuid).path in body, url


def test_the_whole_drill(
    client, people, world, place, pull, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    world.files_ = {p.pk: world.files(p) for p in (world.only_a, world.only_b, world.both)}
    profile = Item.objects.get(pk=world.of_a.uuid).path
    originals = [world.only_a.file.name, world.both.file.name]

    # Before: it is everywhere.
    for thing in [*world.of_her, *world.of_others]:
        for url in world.addresses(thing):
            assert pull(url)[0] in (200, 302), url
    for url in LISTS:
        status, body = pull(url)
        assert status == 200, url
        hers = [A, *(str(one.uuid) for one in world.of_her), profile, "/nghe-non/"]
        assert url in NEUTRAL or any(word in body for word in hers), url
    for name in [name for names in world.files_.values() for name in names]:
        assert pull(f"/tep/{name}")[0] == 200
    stored = place.names()
    known, cursor = fed(pull)
    assert {one["uuid"] for one in known} == {
        str(thing.uuid) for thing in [*world.of_her, *world.of_others]
    }
    assert len(get_engine().entries()) == 4

    # One person says no, while the index and the storage are away.
    with monkeypatch.context() as patch, place.down():
        break_index(patch)
        with django_capture_on_commit_callbacks(execute=True):
            ended = withdraw(client, world)
        takedown = Takedown.objects.get()
        assert ended == reverse("takedown", args=[takedown.pk])
        assert str(world.story.uuid) in get_engine().entries()
        nothing_of_her(pull, world)
        others_stay(pull, world, pictures=503)
        failed = takedown.steps.unfinished().values_list("kind", "last_error")
        assert {(kind, error.partition(":")[0]) for kind, error in failed} == {
            ("archive_index", "EngineError"),
            ("stored_files", "StorageDown"),
            ("press_told", "Đã làm nhưng kiểm tra lại thì chưa xong."),  # it hasn't asked yet
        }
        # The client hears of each of them, the next time it asks.
        heard, cursor = fed(pull, cursor)
        assert {(one["uuid"], one["kind"], one["reason"]) for one in heard} == {
            (str(world.story.uuid), "withheld", "consent"),
            (str(world.of_a.uuid), "canceled", "consent"),
            (str(world.only_a.uuid), "canceled", "consent"),
            (str(world.both.uuid), "canceled", "consent"),
        }
        call_command("carry_out_withdrawals")  # not due yet
        assert takedown.steps.unfinished().count() == len(failed)

    assert place.names() == stored

    # Healed: the next run of cron does what is left.
    TakedownStep.objects.update(next_at=timezone.now())
    call_command("carry_out_withdrawals")
    assert not takedown.steps.unfinished().exists()
    indexed = get_engine().entries()
    assert set(indexed) == {str(world.of_b.uuid), str(world.other.uuid)}
    hers = {name for one in (world.only_a, world.both) for name in world.files_[one.pk]}
    assert place.names() == [name for name in stored if name not in hers]
    assert set(originals) < set(place.names())  # private, until the purge
    nothing_of_her(pull, world)
    others_stay(pull, world)
    started_over, _cursor = fed(pull)
    assert A not in json.dumps(started_over, ensure_ascii=False)

    # The corrected version: her pictures are out already, her name is for the editor to mend.
    assert Notice.objects.filter(user=people["editor"], subject__startswith="Mời sửa").exists()
    page = StoryPage.objects.get(pk=world.story.pk)
    draft = page.get_latest_revision_as_object()
    assert draft.lead_picture is None
    assert [block.value["picture"].pk for block in draft.body if block.block_type == "picture"] == [
        world.only_b.pk
    ]
    draft.title, draft.lead = "Nghề nón ở khu 5", "Người giữ nghề."
    draft.body = [("paragraph", f"<p>{B} giữ nghề nón.</p>"), *_kept(draft)]
    draft.named_people = [one for one in draft.named_people.all() if one.person_id == world.b.pk]
    draft.told_exemplars = [
        one for one in draft.told_exemplars.all() if one.exemplar_id == world.of_b.pk
    ]
    draft.save_revision(user=people["editor"])
    factories.publish(StoryPage.objects.get(pk=page.pk), people)
    item = Item.objects.get(pk=page.uuid)
    assert (item.kind, item.version) == ("usable", 3)
    assert pull(item.path)[0] == 200
    assert [one["uuid"] for one in item.current.data["pictures"]] == [str(world.only_b.uuid)]
    heard, cursor = fed(pull, cursor)
    assert [(one["uuid"], one["kind"]) for one in heard] == [(str(page.uuid), "usable")]
    started_over, _cursor = fed(pull)
    assert A not in json.dumps(started_over, ensure_ascii=False)
    assert pull(f"/api/v1/press/items/{item.pk}/?version=1")[0] == 410
    others_stay(pull, world)

    # After its time the content goes; what is hers is nowhere but on the consent form.
    proof = list(Release.objects.values_list("seq", "sha256", "released_at", "approval"))
    reports = list(purge.purge_due(days=90, now=timezone.now() + timedelta(days=91)))
    assert {report.why for report in reports} == {""}
    assert {report.item.pk for report in reports} == {
        world.story.uuid,
        world.of_a.uuid,
        world.only_a.uuid,
        world.both.uuid,
    }
    assert not set(originals) & set(place.names())
    assert set(world.files_[world.only_b.pk]) < set(place.names())
    assert set(Picture.objects.values_list("pk", flat=True)) == {world.only_b.pk}
    assert A not in "".join(Release.objects.values_list("payload", flat=True))
    assert list(Release.objects.values_list("seq", "sha256", "released_at", "approval")) == proof
    assert pull(item.path)[0] == 200
    others_stay(pull, world)
    assert verify().broken is None


def _kept(draft) -> list:
    return [(one.block_type, one.value) for one in draft.body if one.block_type == "picture"]
