"""Nothing becomes public but through Ban Tuyên giáo's approval of exactly that text.

The table: every route to publication that Wagtail has, tried by every role. Public is what the
ledger says; a route that is closed answers with a page or a redirect, never with a 500.
"""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.core.signing import Signer
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Locale, Page, Revision

from config.tests import walls
from stories import factories
from stories.moderation.models import Approval
from stories.pages.models import StoryPage, UnitSectionPage, Withdrawal
from stories.releases import selectors
from stories.releases.models import Item

pytestmark = pytest.mark.django_db
FUTURE = "2099-01-01 08:00"


@pytest.fixture
def cast(people):
    return walls.cast(people)


def section(code: str) -> UnitSectionPage:
    factories.units(code)
    return UnitSectionPage.objects.get(unit__code=code)


def url(name: str, *args) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def bulk(action: str, *pages, form=None):
    query = "&".join(f"id={page.pk}" for page in pages)
    return (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{query}",
        form or {},
    )


def create(page):
    target = url("add", "pages", "storypage", page.get_parent().pk)
    return target, walls.form(slug="bai-moi") | {"action-publish": "1"}


def edit(page):
    return url("edit", page.pk), walls.form() | {"action-publish": "1"}


def edit_at_a_time(page):
    times = {"go_live_at": FUTURE, "expire_at": ""}
    return url("edit", page.pk), walls.form() | times | {"action-publish": "1"}


def copy(page):
    return url("copy", page.pk), {
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }


def alias(page):
    target, data = copy(page)
    return target, data | {"alias": "on"}


def convert_alias(page):
    return url("convert_alias", page.pk), {}


def move(page):
    return url("move_confirm", page.pk, section(factories.VIET_TRI).pk), {}


def revert(page):
    first = page.revisions.order_by("pk").first()
    return url("edit", page.pk), walls.form() | {"revision": first.pk, "action-publish": "1"}


def revert_address(page):
    first = page.revisions.order_by("pk").first()
    return url("revisions_revert", page.pk, first.pk), walls.form() | {"action-publish": "1"}


def unpublish(page):
    return url("unpublish", page.pk), {}


def unschedule(page):
    return url("revisions_unschedule", page.pk, page.latest_revision_id), {}


def bulk_publish(page):
    return bulk("publish", page, form={"include_descendants": "on"})


def bulk_publish_section(page):
    return bulk("publish", page.get_parent(), form={"include_descendants": "on"})


def bulk_unpublish(page):
    return bulk("unpublish", page)


def bulk_move(page):
    return bulk("move", page, form={"chooser": section(factories.VIET_TRI).pk})


def bulk_delete(page):
    return bulk("delete", page)


def approve(page):
    """Wagtail's own address for a workflow's action."""
    state = page.current_workflow_task_state
    target = url("workflow_action", page.pk, "approve", state.pk if state else 1)
    return target, {"comment": ""}


def edit_and_approve(page):
    """One request that both changes the text and approves it."""
    action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    return url("edit", page.pk), walls.form() | action


def review(page):
    return reverse("review_page", args=[page.pk]), {
        "sha256": page.get_latest_revision_as_object().content_sha256()
    }


def forged_review_link(page):
    """The address of a guest's answer, signed by nobody."""
    token = Signer(salt="stories.moderation.review_link", sep=".", key="forged")
    said = {"approve": "1", "is_me": "on", "accepted": factories.ambers(page)}
    return reverse("guest_review", args=[token.sign_object([1, 4070908800])]), said


def press_item(page):
    return f"/api/v1/press/items/{page.uuid}/", {"live": "true"}


def public_story(page):
    return f"/api/v1/stories/{page.uuid}/", {"live": "true"}


ROUTES = [
    create,
    edit,
    edit_at_a_time,
    copy,
    alias,
    convert_alias,
    move,
    revert,
    revert_address,
    unpublish,
    unschedule,
    bulk_publish,
    bulk_publish_section,
    bulk_unpublish,
    bulk_move,
    bulk_delete,
    approve,
    edit_and_approve,
    review,
    forged_review_link,
    press_item,
    public_story,
]
STATES = {"draft": walls.draft, "live with a correction": walls.live}


OUTSIDE = ("anonymous", "press key")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.__name__)
def test_no_address_makes_a_text_public_whoever_posts(cast, route, state) -> None:
    page = STATES[state](cast)
    target, data = route(page)
    before = walls.public()
    for role in walls.ROLES:
        with walls.undone():
            client = Client()
            headers = walls.signed_in(client, cast, role)
            response = client.post(target, data, headers=headers)
            assert walls.public() == before, role
            assert response.status_code in {200, 302, 401, 403, 404, 405}, role
            if role in OUTSIDE:
                refused = "/login/" in response.headers.get("Location", "")
                assert refused or response.status_code >= 401, role
            assert not Revision.objects.exclude(approved_go_live_at=None).exists(), role


# Who may say yes at which step of a draft that the author wrote, the two co-authors changed and
# the submitter submitted.
STEPS = {
    "unit": {"unit reviewer", "province reviewer"},
    "board": {"board", "second board member", "deputy of the board"},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("how", ["address", "task"])
def test_who_may_approve_at_which_step(cast, step, how) -> None:
    page = factories.submit(walls.draft(cast), cast["submitter"])
    if step == "board":
        page = factories.act(page, cast["unit reviewer"])
    for role in cast:
        with walls.undone():
            said_yes = approves(page, cast[role], how)
            assert said_yes is (role in STEPS[step]), role
            released = said_yes and step == "board"
            assert Item.objects.public().exists() is walls.reload(page).live is released, role
            assert Approval.objects.count() == released, role


def approves(page, user, how: str) -> bool:
    """Whether the user's approval took the page on from its step."""
    before = page.current_workflow_task
    if how == "address":
        client = Client()
        client.force_login(user)
        seen = page.get_latest_revision_as_object().content_sha256()
        data = {"sha256": seen, "accepted": factories.ambers(page)}
        response = client.post(reverse("review_page", args=[page.pk]), data)
        assert response.status_code == 302
    else:
        with suppress(PermissionDenied), transaction.atomic():
            factories.act(page, user)
    return walls.reload(page).current_workflow_task != before


@pytest.mark.parametrize("role", [role for role in walls.ROLES if role not in OUTSIDE])
def test_who_may_have_an_archive_imported_in_her_name(cast, tmp_path, role) -> None:
    line = {"id": "1", "title": "Tít", "body": "Thân bài.", "unit": "25", "date": "2020-01-01"}
    file = tmp_path / "bai.jsonl"
    file.write_text(json.dumps(line), encoding="utf-8")
    with suppress(CommandError, PermissionDenied, SystemExit):
        call_command(
            "import_stories",
            str(file),
            approved_by=cast[role].username,
            stdout=io.StringIO(),
            stderr=io.StringIO(),
        )
    assert Item.objects.public().count() == Approval.objects.count() == ("board" in role)


# In a shell, nobody asks who is there: the text's approval is asked for all the same.


def shell_publish(page, user):
    page.get_latest_revision().publish(user=user)


def shell_publish_unchecked(page, user):
    page.get_latest_revision().publish(user=user, skip_permission_checks=True)


def shell_save(page, user):
    page = page.get_latest_revision_as_object()
    page.live = True
    page.save()


def shell_save_fields(page, user):
    page = page.get_latest_revision_as_object()
    page.live = True
    page.save(update_fields=["live", "title", "lead"])


def shell_update(page, user):
    Page.objects.filter(pk=page.pk).update(live=True, title="Đổi thẳng")


def shell_update_then_save(page, user):
    Page.objects.filter(pk=page.pk).update(live=True, title="Đổi thẳng")
    walls.reload(page).save()


def shell_bare_page(page, user):
    bare = Page.objects.get(pk=page.pk)
    bare.live, bare.title = True, "Đổi thẳng"
    bare.save()


def shell_create(page, user):
    page.get_parent().add_child(instance=StoryPage(title="Mới", live=True))


def shell_copy(page, user):
    walls.reload(page).copy(update_attrs={"slug": "ban-sao"}, keep_live=True, user=user)


def shell_copy_section(page, user):
    page.get_parent().specific.copy(recursive=True, update_attrs={"slug": "muc-sao"})


def shell_alias(page, user):
    walls.reload(page).create_alias(update_slug="bi-danh", user=user)


def shell_alias_elsewhere(page, user):
    walls.reload(page).create_alias(parent=section(factories.VIET_TRI), update_slug="bi-danh")


def shell_translate(page, user):
    locale = Locale.objects.create(language_code="en")
    CopyPageForTranslationAction(page, locale, copy_parents=True, user=user).execute(
        skip_permission_checks=True
    )


def shell_translate_alias(page, user):
    locale = Locale.objects.create(language_code="en")
    CopyPageForTranslationAction(page, locale, copy_parents=True, alias=True).execute(
        skip_permission_checks=True
    )


def shell_bulk(page, user):
    PublishBulkAction.execute_action([page], user=user)


def shell_bulk_section(page, user):
    PublishBulkAction.execute_action([page.get_parent()], include_descendants=True)


def shell_schedule(page, user):
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(user=user).publish(skip_permission_checks=True)


def shell_schedule_revision(page, user):
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(hours=1))


def shell_schedule_raw(page, user):
    past = timezone.now() - timedelta(hours=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=past)
    call_command("publish_scheduled", stdout=io.StringIO(), stderr=io.StringIO())


def shell_revert(page, user):
    first = page.revisions.order_by("pk").first()
    first.publish(skip_permission_checks=True)


def shell_finish_workflow(page, user):
    state = factories.submit(page, page.owner).current_workflow_state
    state.finish(user=user)


def shell_move(page, user):
    page.move(section(factories.VIET_TRI), pos="last-child", user=user)


SHELL = [value for name, value in list(globals().items()) if name.startswith("shell_")]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("route", SHELL, ids=lambda route: route.__name__)
def test_no_shell_makes_a_text_public(cast, route, state) -> None:
    page = STATES[state](cast)
    before = walls.public()
    with suppress(PermissionDenied, ValidationError), transaction.atomic():
        route(page, cast["superuser"])
    assert walls.public() == before


def test_a_copy_is_a_draft_of_the_section_where_it_lies(client, cast) -> None:
    page = walls.live(cast)
    client.force_login(cast["superuser"])
    target, data = copy(page)
    data |= {"new_parent_page": section(factories.VIET_TRI).pk, "alias": "on"}
    assert client.post(target, data).status_code == 302
    made = StoryPage.objects.get(slug="ban-sao")
    assert (made.live, made.alias_of, made.unit.code) == (False, None, factories.VIET_TRI)
    assert made.get_latest_revision_as_object().unit.code == factories.VIET_TRI
    assert made.uuid != page.uuid


def test_an_alias_cannot_block_the_publication_of_its_source(cast, people) -> None:
    page = factories.story(people["editor"])
    with pytest.raises(PermissionDenied), transaction.atomic():
        page.create_alias(update_slug="bi-danh")
    assert factories.publish(page, people).live


def test_a_moved_draft_belongs_to_the_unit_it_was_moved_to(client, cast) -> None:
    page = walls.draft(cast)
    client.force_login(cast["board"])
    assert client.post(*move(page)).status_code == 302
    assert walls.reload(page).unit.code == factories.VIET_TRI
    assert page.get_latest_revision_as_object().unit.code == factories.VIET_TRI


def test_a_live_page_is_moved_and_renamed_without_a_release(client, cast, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    before = walls.public()
    client.force_login(cast["superuser"])
    assert client.post(*move(page)).status_code == 302
    page = walls.reload(page)
    assert page.get_parent().specific.unit.code == factories.VIET_TRI
    assert page.unit.code == factories.LAM_THAO
    page.slug = "ten-khac"
    page.save()
    page.save_revision(user=cast["superuser"])
    walls.reload(page).save()
    assert walls.public() == before


def test_bookkeeping_on_a_live_page_survives_a_renamed_term(cast, people) -> None:
    picture = factories.picture()
    page = factories.publish(factories.story(people["editor"], lead_picture=picture), people)
    before = walls.public()
    page.unit.name = "Xã Lâm Thao mới"
    page.unit.save()
    type(picture).objects.filter(pk=picture.pk).update(caption="Chú thích khác.")
    page = walls.reload(page)
    page.slug, page.locked = "ten-khac", True
    page.save()
    page.get_parent().specific.save()
    assert walls.public() == before
    assert walls.reload(page).live


def test_locking_and_commenting_on_a_live_page_release_nothing(client, cast, people) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    before = walls.public()
    client.force_login(cast["superuser"])
    for name in ("lock", "unlock"):
        assert client.post(url(name, page.pk)).status_code == 302
    assert walls.public() == before


@pytest.mark.parametrize("kind", ["canceled", "withheld"])
def test_a_withdrawn_text_does_not_come_back_by_publishing_again(cast, people, kind) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    page.withdraw(Withdrawal(kind, "Đang xem xét."), people["board"])
    for revision in page.revisions.all():
        with pytest.raises(PermissionDenied), transaction.atomic():
            revision.publish(skip_permission_checks=True)
    assert not Item.objects.public().exists()


@pytest.mark.parametrize("how", ["expiry", "unpublish", "bare unpublish", "delete", "bare delete"])
def test_whatever_ends_a_live_page_is_in_the_ledger(cast, people, how) -> None:
    page = factories.publish(factories.story(people["editor"]), people)
    match how:
        case "expiry":
            past = timezone.now() - timedelta(hours=1)
            Page.objects.filter(pk=page.pk).update(expire_at=past)
            call_command("publish_scheduled", stdout=io.StringIO())
        case "unpublish":
            page.unpublish()
        case "bare unpublish":
            Page.objects.get(pk=page.pk).unpublish()
        case "delete":
            page.delete()
        case "bare delete":
            Page.objects.filter(pk=page.pk).delete()
    item = Item.objects.get(pk=page.uuid)
    assert (item.kind, item.version) == ("canceled", 2)


def test_an_approved_text_is_published_at_its_time(cast, people) -> None:
    """Scheduling is open for what is approved, and a text that isn't holds up no other."""
    past = timezone.now() - timedelta(hours=1)
    other = walls.draft(cast, title="Chưa duyệt", slug="chua-duyet")
    Revision.objects.filter(pk=other.latest_revision_id).update(approved_go_live_at=past)
    page = factories.story(people["editor"])
    Approval.objects.create(
        item=page.uuid,
        sha256=page.content_sha256(),
        route=Approval.Route.WORKFLOW,
        approved_by=people["board"],
    )
    page.save_revision(user=people["board"], approved_go_live_at=past)
    problems = io.StringIO()
    call_command("publish_scheduled", stdout=io.StringIO(), stderr=problems)
    assert "Chưa duyệt" in problems.getvalue()
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()
    assert not walls.reload(other).live
    assert [item.uuid for item in Item.objects.public()] == [page.uuid]


def test_no_administrator_is_offered_to_publish(client, cast) -> None:
    page = walls.draft(cast)
    client.force_login(cast["superuser"])
    for target in (url("edit", page.pk), create(page)[0], copy(page)[0]):
        text = client.get(target).content.decode()
        for name in ("action-publish", "publish_copies", 'name="alias"', "action-unpublish"):
            assert name not in text, (target, name)


def test_wagtails_own_apis_are_not_mounted() -> None:
    def modules(resolver):
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLResolver):
                yield from modules(pattern)
            else:
                yield f"{pattern.pattern} {getattr(pattern.callback, '__module__', '')}"

    mounted = list(modules(get_resolver()))
    assert len(mounted) > 100
    assert not [name for name in mounted if "wagtail.api" in name]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_api_only_reads_whoever_asks(cast, method) -> None:
    page = walls.draft(cast)
    paths = ("stories/", f"stories/{page.uuid}/", "press/feed/", f"press/items/{page.uuid}/")
    for role in walls.ROLES:
        with walls.undone():
            client = Client()
            headers = walls.signed_in(client, cast, role)
            for path in paths:
                response = getattr(client, method)(
                    f"/api/v1/{path}", {}, content_type="application/json", headers=headers
                )
                assert response.status_code in {401, 405}, (role, path)
    assert selectors.head() == 0
