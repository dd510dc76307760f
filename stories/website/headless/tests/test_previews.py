"""A preview link opens one draft, for a while, to whoever has it; and nothing else to anyone."""

from __future__ import annotations

import json
from datetime import timedelta

import jsonschema
import pytest
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from accounts.audit.models import AuditEntry
from media.models import PublicFile
from stories import factories
from stories.pages.models import StoryPage, Withdrawal
from stories.releases.models import Item
from stories.website.headless import previews
from stories.website.headless.models import PreviewLink

pytestmark = pytest.mark.django_db
PREVIEW = "/api/v1/preview/"


@pytest.fixture
def draft(people) -> StoryPage:
    shots = [factories.picture(seed=seed) for seed in range(2)]
    body = [("paragraph", "<p>Nháp kín.</p>"), ("picture", {"picture": shots[1]})]
    person = factories.publish(factories.exemplar(people["editor"]), people)
    return factories.story(
        people["editor"], title="Tít nháp", body=body, lead_picture=shots[0], exemplars=[person]
    )


@pytest.fixture
def token(people, draft) -> str:
    return previews.token(previews.make(page=draft, user=people["editor"]))


def get(client, token: str, status: int = 200) -> dict:
    answer = client.get(PREVIEW, {"token": token})
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in answer.headers
    return answer.json()


def problem(client, token: str, status: int) -> str:
    told = get(client, token, status)
    assert told["status"] == status
    assert "nháp kín" not in json.dumps(told, ensure_ascii=False).lower()
    return told["detail"]


def test_a_draft_is_told_in_the_shape_of_a_page(client, draft, token) -> None:
    told = get(client, token)
    assert (told["type"], told["title"]) == ("story", "Tít nháp")
    assert told["uuid"] == str(draft.uuid)
    assert told["path"] == f"/phu-nu-dat-to/{draft.slug}/"
    assert "Nháp kín." in told["body"]["html"]
    assert "Nháp kín." in told["body"]["markdown"]
    assert [one["title"] for one in told["exemplars"]] == ["Nguyễn Thị Lan"]
    assert told["seo"]["robots"] == "noindex, nofollow, noarchive"
    assert told["seo"]["canonical"] is told["seo"]["json_ld"] is None
    assert told["preview"]["expires_at"] > told["preview"]["saved_at"]
    description = client.get("/api/v1/openapi.json").json()
    schema = description["paths"][PREVIEW]["get"]["responses"]["200"]["content"]
    whole = schema["application/json"]["schema"] | {"components": description["components"]}
    jsonschema.Draft202012Validator(whole).validate(told)


def test_pictures_of_a_draft_open_by_their_own_tokens_and_stay_closed(client, draft, token) -> None:
    told = get(client, token)
    urls = [one["url"] for shot in told["pictures"] for one in shot["renditions"]]
    assert len(urls) == 10
    assert told["pictures"][0]["uuid"] == told["lead_picture"]
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert b"".join(answer.streaming_content)
    names = [one.file.name for one in draft.lead_picture.renditions.all()]
    assert names
    assert not PublicFile.objects.filter(name__in=names).exists()
    assert all(client.get(f"/tep/{name}").status_code == 404 for name in names)
    other = factories.picture(seed=7)
    link = PreviewLink.objects.get()
    for name in (other.file.name, draft.lead_picture.file.name, "../db", "khong-co.webp"):
        assert client.get(previews.picture_address(link, name)).status_code == 403
    assert client.get(previews.PICTURES, {"token": token}).status_code == 403
    assert client.get(PREVIEW, {"token": urls[0].partition("token=")[2]}).status_code == 403
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(urls[0]).status_code == 410


def test_a_picture_that_was_withdrawn_for_good_is_left_out(client, people, draft, token) -> None:
    page = factories.publish(
        factories.story(people["editor"], slug="khac", lead_picture=draft.lead_picture), people
    )
    page.withdraw(Withdrawal("canceled", "Nhân vật đề nghị.", "consent"), people["board"])
    Item.objects.filter(pk=draft.lead_picture.uuid).update(kind="canceled")
    told = get(client, token)
    assert str(draft.lead_picture.uuid) not in json.dumps(told)
    assert len(told["pictures"]) == 1


@pytest.mark.parametrize("wrong", ["", "x", "WzEsMV0.forged", "a.b.c", "é", "x" * 900])
def test_a_token_that_is_not_ours_is_403(client, token, wrong) -> None:
    assert "không đúng" in problem(client, wrong, 403)
    assert client.get(previews.PICTURES, {"token": wrong}).status_code == 403
    problem(client, token[:-1] + ("A" if token[-1] != "A" else "B"), 403)
    problem(client, Signer(salt="khac", sep=".").sign_object([1, 2]), 403)


def test_it_runs_out(client, token, settings) -> None:
    link = PreviewLink.objects.get()
    assert link.expires_at - link.created_at == timedelta(hours=24)
    link.expires_at = timezone.now() - timedelta(seconds=1)
    link.save()
    assert "hết hạn" in problem(client, previews.token(link), 410)
    problem(client, token, 410)


def test_links_that_ended_long_ago_are_swept_when_one_is_made(people, draft, token) -> None:
    old = PreviewLink.objects.get()
    old.expires_at = timezone.now() - timedelta(days=31)
    old.save()
    lately = previews.make(page=draft, user=people["editor"])
    PreviewLink.objects.filter(pk=lately.pk).update(expires_at=timezone.now() - timedelta(days=1))

    new = previews.make(page=draft, user=people["editor"])

    assert set(PreviewLink.objects.all()) == {lately, new}


def test_it_shows_exactly_its_revision(client, people, draft, token) -> None:
    """A later revision changes nothing; one that writes over it ends the link."""
    page = StoryPage.objects.get(pk=draft.pk)
    page.title = "Tít mới hơn"
    page.save_revision(user=people["editor"])
    assert get(client, token)["title"] == "Tít nháp"
    mine = PreviewLink.objects.get().revision
    page.title = "Viết đè"
    page.save_revision(user=people["editor"])
    mine.content = page.get_latest_revision().content
    mine.save(update_fields=["content"])
    assert "sửa tiếp" in problem(client, token, 410)


def test_it_ends_when_the_page_is_released(client, people, draft, token) -> None:
    factories.publish(StoryPage.objects.get(pk=draft.pk), people)
    assert "đã được đăng hoặc thu hồi" in problem(client, token, 410)


def test_it_ends_when_the_page_is_withdrawn(client, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.title = "Tít nháp"
    page.save_revision(user=people["editor"])
    page = StoryPage.objects.get(pk=page.pk)
    token = previews.token(previews.make(page=page, user=people["editor"]))
    told = get(client, token)
    assert (told["title"], told["path"]) == ("Tít nháp", f"/phu-nu-dat-to/{page.slug}/")
    page.withdraw(Withdrawal("withheld", "Xem lại."), people["board"])
    problem(client, token, 410)


def test_it_ends_when_the_page_is_deleted(client, draft, token) -> None:
    Page.objects.get(pk=draft.pk).delete()
    assert "không còn nữa" in problem(client, token, 410)


@pytest.mark.parametrize("how", ["left the group", "inactive"])
def test_it_ends_with_its_makers_right_to_the_page(client, people, token, how) -> None:
    editor = people["editor"]
    if how == "inactive":
        editor.is_active = False
        editor.save()
    else:
        editor.groups.clear()
    assert "không còn phụ trách" in problem(client, token, 403)


MAY = {
    "editor": True,
    "reviewer": True,  # of the unit: may change its pages too
    "admin": True,
    "other_editor": False,
    "other_reviewer": False,
    "province_reviewer": False,
    "board": True,  # may change every text (and then not approve it)
}


@pytest.mark.parametrize("role", MAY)
def test_who_may_make_a_link(client, people, draft, role) -> None:
    client.force_login(people[role])
    url = reverse("headless_preview", args=[draft.pk])
    asked, made = client.get(url), client.post(url)
    if not MAY[role]:
        assert {asked.status_code, made.status_code} == {302}  # the admin's “no”
        assert not PreviewLink.objects.exists()
        return
    assert "https://trang-khac.example" not in asked.content.decode()
    link = PreviewLink.objects.get()
    assert (link.made_by, link.revision) == (people[role], draft.latest_revision)
    assert previews.address(link) in made.content.decode()
    assert previews.address(link).startswith("https://trang-khac.example/xem-truoc/?token=")
    assert "no-store" in made.headers["Cache-Control"]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.target) == ("preview_created", f"item:{draft.uuid}")
    assert previews.token(link) not in str(entry.data)
    button = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert f'href="{url}"' in client.get(button).content.decode()


def test_there_is_no_link_without_a_front_end_a_draft_or_a_future(
    client, people, draft, settings
) -> None:
    client.force_login(people["editor"])
    public = factories.publish(factories.story(people["editor"], slug="dang"), people)
    edit = reverse("wagtailadmin_pages:edit", args=[public.pk])
    assert "Liên kết xem trước" not in client.get(edit).content.decode()
    assert client.post(reverse("headless_preview", args=[public.pk])).status_code == 302
    public.withdraw(Withdrawal("canceled", "Sai sự thật."), people["board"])
    assert client.post(reverse("headless_preview", args=[public.pk])).status_code == 302
    settings.HEADLESS_PREVIEW_URL = ""
    url = reverse("headless_preview", args=[draft.pk])
    assert client.get(url).status_code == client.post(url).status_code == 404
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert "Liên kết xem trước" not in client.get(edit).content.decode()
    assert not PreviewLink.objects.exists()


def test_a_token_opens_no_other_address(client, draft, token) -> None:
    get(client, token)
    for url in (
        f"/phu-nu-dat-to/{draft.slug}/?token={token}",
        f"/api/v1/pages/?path=/id/{draft.uuid}/",
        f"/api/v1/stories/{draft.uuid}/",
        f"/duyet-khach/{token}/",
    ):
        answer = client.get(url)
        assert answer.status_code == 404
        assert "Nháp kín" not in answer.content.decode()
    assert client.get(f"/quan-tri/pages/{draft.pk}/edit/?token={token}").status_code == 302


def test_any_origin_may_read_a_preview_since_the_token_is_the_key(client, token) -> None:
    answer = client.get(PREVIEW, {"token": token}, headers={"Origin": "https://trang-khac.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_a_token_is_kept_out_of_the_log() -> None:
    import logging

    from config.logs import WithoutKeys

    record = logging.makeLogRecord({"msg": "GET /api/v1/preview/?token=abc.def HTTP/1.1"})
    WithoutKeys().filter(record)
    assert "abc" not in record.getMessage()


@pytest.mark.parametrize("count", [1, 20])
def test_queries_are_the_same_for_1_and_20_pictures(
    client, people, django_assert_num_queries, count
) -> None:
    shots = [factories.picture(seed=seed) for seed in range(count)]
    body = [("picture", {"picture": shot}) for shot in shots]
    page = factories.story(people["editor"], body=body)
    token = previews.token(previews.make(page=page, user=people["editor"]))
    assert len(get(client, token)["pictures"]) == count
    with django_assert_num_queries(22):
        get(client, token)
