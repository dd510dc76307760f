"""Units see their own drafts, pictures and documents; a unit above sees those below; nobody else.

The tree here has four levels, so that no rule counts on three:

    province (25) ─┬─ Lâm Thao (08494) ── branch "khu 5" ── group "tổ 3"
                   ├─ Việt Trì (07900)
                   └─ a closed commune, merged into Lâm Thao
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection
from wagtail.test.utils.form_data import streamfield

from accounts.models import User
from accounts.roles import OFFICE
from config.tests.walls import form
from media.models import File, Picture
from stories import factories
from stories.moderation.permissions import reviews_unit
from stories.pages.models import StoryPage
from stories.pages.services import grants, sections
from stories.units.models import Unit
from stories.units.selectors import offices, reviewed_by

pytestmark = pytest.mark.django_db

# Whose things each may read (r) and change (w); what isn't named is closed.
MAY = {
    "editor of the province": {"province": "w", "commune": "r", "branch": "r", "group": "r"}
    | {"other": "r", "closed": "r"},
    "reviewer of the province": {"province": "w", "commune": "r", "branch": "r", "group": "r"}
    | {"other": "r", "closed": "r"},
    "editor of the commune": {"commune": "w", "branch": "r", "group": "r", "closed": "w"},
    "reviewer of the commune": {"commune": "w", "branch": "r", "group": "r", "closed": "w"},
    "editor of the branch": {"branch": "w", "group": "r"},
    "editor of the group": {"group": "w"},
    "editor of the other": {"other": "w"},
    "editor of the closed": {"closed": "r"},
    "office": {},
    "nobody": {},
}
UNITS = ("province", "commune", "branch", "group", "other", "closed")


@pytest.fixture
def units(people) -> dict[str, Unit]:
    found = dict(
        zip(
            ("commune", "other", "province"),
            factories.units(factories.LAM_THAO, factories.VIET_TRI, factories.PROVINCE),
            strict=True,
        )
    )

    def make(code: str, parent: Unit, **fields) -> Unit:
        values = {"official_code": code, "short": code, "slug": code, "level": "branch"}
        return Unit.objects.create(
            code=code, name=f"Đơn vị {code}", parent=parent, **values | fields
        )

    found["branch"] = make("khu-5", found["commune"])
    found["group"] = make("to-3", found["branch"])
    found["closed"] = make("xa-cu", found["province"], level="commune")
    sections.sync([found["branch"], found["group"], found["closed"]])
    close(found["closed"], found["commune"])
    return found


def close(unit: Unit, *heirs: Unit) -> None:
    """As of yesterday the unit is no more."""
    Unit.objects.filter(pk=unit.pk).update(valid_to=timezone.localdate() - timedelta(days=1))
    unit.refresh_from_db()
    unit.successors.set(heirs)
    sections.sync([])


@pytest.fixture
def staff(people, units) -> dict[str, User]:
    """Whoever `MAY` names."""
    found = {"office": factories.user("vanphong2", OFFICE), "nobody": factories.user("khach")}
    for number, role in enumerate(MAY):
        office, _of, unit = role.partition(" of the ")
        if unit:
            unit = Unit.objects.get(pk=units[unit].pk)
            group = unit.editors if office == "editor" else unit.reviewers
            found[role] = factories.user(f"nguoi{number}", group)
    return found


def mark(whose: str) -> str:
    return f"Bi mat {whose.upper()}"


@pytest.fixture
def things(people, units) -> dict[str, dict]:
    """Of each unit a draft with a picture, and a document, all named by the unit."""
    found = {}
    for number, whose in enumerate(UNITS):
        code = units[whose].code
        picture = factories.picture(code, seed=number, title=f"{mark(whose)} ảnh")
        document = File.objects.create(
            title=f"{mark(whose)} phiếu",
            file=ContentFile(b"%PDF-1.4", f"phieu-{number}.pdf"),
            collection=picture.collection,
        )
        page = factories.story(
            people["admin"], code, title=f"{mark(whose)} bài", lead_picture=picture
        )
        found[whose] = {"page": page, "picture": picture, "document": document}
    return found


def page_id(thing: dict) -> int:
    return thing["page"].pk


READING = {
    "explorer": lambda t: reverse("wagtailadmin_explore", args=[t["page"].get_parent().pk]),
    "page search": lambda t: "/quan-tri/pages/search/?q=Bi+mat&per_page=100",
    "page chooser": lambda t: (
        f"/quan-tri/choose-page/{t['page'].get_parent().pk}/?page_type=wagtailcore.page"
    ),
    "chooser search": lambda t: "/quan-tri/choose-page/search/?q=Bi+mat&page_type=wagtailcore.page",
    "reading": lambda t: reverse("read_page", args=[page_id(t)]),
    "picture chooser": lambda t: "/quan-tri/images/chooser/results/?q=Bi+mat",
    "picture chosen": lambda t: reverse("wagtailimages_chooser:chosen", args=[t["picture"].pk]),
    "document chooser": lambda t: "/quan-tri/documents/chooser/results/?q=Bi+mat",
    "document chosen": lambda t: reverse("wagtaildocs_chooser:chosen", args=[t["document"].pk]),
}
WRITING = {
    "edit": lambda t: reverse("wagtailadmin_pages:edit", args=[page_id(t)]),
    "view draft": lambda t: reverse("wagtailadmin_pages:view_draft", args=[page_id(t)]),
    "history": lambda t: reverse("wagtailadmin_pages:history", args=[page_id(t)]),
    "copy": lambda t: reverse("wagtailadmin_pages:copy", args=[page_id(t)]),
    "revision": lambda t: reverse(
        "wagtailadmin_pages:revisions_view", args=[page_id(t), t["page"].latest_revision_id]
    ),
    "picture": lambda t: f"/quan-tri/images/{t['picture'].pk}/",
    "picture list": lambda t: "/quan-tri/images/?q=Bi+mat",
    "document": lambda t: f"/quan-tri/documents/edit/{t['document'].pk}/",
    "document list": lambda t: "/quan-tri/documents/?q=Bi+mat",
}
OF_ALL = (
    "/quan-tri/",
    "/quan-tri/reports/site-history/",
    "/quan-tri/reports/workflow/",
    "/quan-tri/reports/workflow_tasks/",
    "/quan-tri/reports/locked/",
    "/quan-tri/tag-autocomplete/?term=B",
)


def told(client, url: str, name: str) -> bool:
    """Whether what the address answers holds the name."""
    response = client.get(url)
    assert response.status_code in {200, 302, 403, 404}, url
    return name in response.content.decode()


@pytest.mark.parametrize("who", MAY)
def test_who_reads_and_writes_whose_drafts_and_files(client, staff, things, who) -> None:
    client.force_login(staff[who])
    for whose, thing in things.items():
        may = MAY[who].get(whose, "")
        for name, route in READING.items():
            if who == "office" and name.startswith(("picture", "document")):
                continue  # Văn phòng chooses from everybody's pictures and documents
            assert told(client, route(thing), mark(whose)) is bool(may), (name, whose)
        for name, route in WRITING.items():
            assert told(client, route(thing), mark(whose)) is (may == "w"), (name, whose)
        for address in OF_ALL:
            assert may or not told(client, address, mark(whose)), (address, whose)
        files = client.get(thing["picture"].file.url).status_code
        assert (files == 200) is (bool(may) or who == "office"), whose
        assert (client.get(thing["document"].url).status_code == 200) is (
            bool(may) or who == "office"
        ), whose


@pytest.mark.parametrize("who", MAY)
def test_only_the_unit_and_its_heirs_save_into_a_draft(client, staff, things, who) -> None:
    client.force_login(staff[who])
    for whose, thing in things.items():
        page = thing["page"]
        client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]), form(page, title="Sửa trộm")
        )
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]) + "?x", {})
        changed = not StoryPage.objects.filter(pk=page.pk, draft_title=page.title).exists()
        assert changed is (MAY[who].get(whose) == "w"), whose
        client.post(f"/quan-tri/images/{thing['picture'].pk}/delete/", {})
        client.post(f"/quan-tri/documents/delete/{thing['document'].pk}/", {})
        if MAY[who].get(whose) != "w":
            assert Picture.objects.filter(pk=thing["picture"].pk).exists()
            assert File.objects.filter(pk=thing["document"].pk).exists()


def test_who_leaves_a_group_loses_access_at_once(client, staff, things) -> None:
    person, thing = staff["editor of the commune"], things["commune"]
    client.force_login(person)
    assert told(client, WRITING["edit"](thing), mark("commune"))
    person.groups.clear()
    for route in (*READING.values(), *WRITING.values()):
        assert not told(client, route(thing), mark("commune"))
    assert client.get(thing["picture"].file.url).status_code == 404


def test_an_upper_reviewer_changes_a_draft_below_only_by_its_review(client, staff, things) -> None:
    page = things["group"]["page"]
    client.force_login(staff["reviewer of the commune"])
    edit = WRITING["edit"](things["group"])
    assert not told(client, edit, mark("group"))
    factories.submit(page, page.owner)
    assert client.get(edit).headers["Location"] == reverse("review_page", args=[page.pk])
    client.post(edit, form(page, title="Sua trom"))
    assert StoryPage.objects.get(pk=page.pk).draft_title == page.title
    client.force_login(staff["editor of the commune"])
    assert not told(client, edit, mark("group"))


def test_heirs_review_what_a_closed_unit_left(staff, units) -> None:
    closed = Unit.objects.get(pk=units["closed"].pk)
    who = {role for role, person in staff.items() if reviews_unit(person, closed)}
    assert who == {"reviewer of the commune", "reviewer of the province"}
    assert [unit.code for unit in offices(closed)] == [factories.LAM_THAO, factories.PROVINCE]
    for role, person in staff.items():
        for unit in Unit.objects.filter(pk__in=[unit.pk for unit in units.values()]):
            assert (unit in reviewed_by(person)) is reviews_unit(person, unit), (role, unit)


def test_a_split_or_closed_unit_without_heirs_is_left_to_the_unit_above(
    client, staff, units
) -> None:
    unit = units["group"]
    close(unit)
    unit = Unit.objects.get(pk=unit.pk)
    assert [one.code for one in offices(unit)] == ["khu-5", factories.LAM_THAO, factories.PROVINCE]
    assert not reviews_unit(staff["editor of the group"], unit)


def test_a_unit_split_in_the_admin_is_at_once_kept_by_all_its_heirs(client, staff, units) -> None:
    whole, heirs = units["other"], (units["commune"], units["branch"])
    page = factories.story(staff["editor of the other"], whole.code, title=mark("split"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.force_login(staff["editor of the commune"])
    assert not told(client, edit, mark("split"))
    client.force_login(factories.cast()["admin"])
    whole.refresh_from_db()
    data = {
        name: getattr(whole, name)
        for name in ("name", "short", "type", "level", "code", "official_code", "slug")
    } | {
        "parent": whole.parent_id,
        "writes": "on",
        "valid_from": "",
        "valid_to": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "successors": [heir.pk for heir in heirs],
    }
    answer = client.post(reverse("units:edit", args=[whole.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    for role in ("editor of the commune", "editor of the branch", "reviewer of the commune"):
        client.force_login(staff[role])
        assert told(client, edit, mark("split")), role
    client.force_login(staff["editor of the other"])
    assert not told(client, edit, mark("split"))
    reviewers = {
        r for r, person in staff.items() if reviews_unit(person, Unit.objects.get(pk=whole.pk))
    }
    assert reviewers == {"reviewer of the commune", "reviewer of the province"}


def test_the_section_of_a_closed_unit_is_opened_to_its_heirs_when_it_is_made(staff, units) -> None:
    old = Unit.objects.get(code="08494-2025")
    section, collection = sections.ensure_section(old), sections.ensure_collection(old)
    groups = {units["commune"].editors_id, units["commune"].reviewers_id}
    assert set(section.group_permissions.values_list("group", flat=True)) == groups
    assert groups <= set(collection.group_permissions.values_list("group", flat=True))


def test_bringing_rights_in_step_again_changes_nothing(
    units, things, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(60):
        assert sections.sync(units.values()) == 0
    assert grants.sync() == set()


def test_a_collection_made_elsewhere_is_brought_among_the_others(units) -> None:
    collection = sections.ensure_collection(units["commune"])
    collection.move(Collection.get_first_root_node(), pos="sorted-child")
    sections.sync([units["commune"]])
    collection = Collection.objects.get(pk=collection.pk)
    assert collection.get_parent() == grants.holder()


@pytest.mark.parametrize("where", ["lead_picture", "body"])
def test_another_units_picture_is_not_taken_into_a_draft_by_its_number(
    client, staff, things, where
) -> None:
    client.force_login(staff["editor of the other"])
    page, foreign = things["other"]["page"], things["commune"]["picture"]
    shown = streamfield([("picture", {"picture": foreign.pk, "caption": "", "credit": ""})])
    changes = {"lead_picture": foreign.pk} if where == "lead_picture" else {"body": shown}
    response = client.post(WRITING["edit"](things["other"]), form(page, **changes))
    assert mark("commune") not in StoryPage.objects.get(pk=page.pk).latest_revision.as_object().lead
    assert page.revisions.count() == 1
    assert "không thuộc kho ảnh" in response.content.decode()


def test_a_chooser_shows_no_unapproved_title_of_another_units_live_page(
    client, people, staff
) -> None:
    page = factories.publish(factories.story(people["editor"], title="Bi mat cu"), people)
    page.title = "Bi mat moi"
    page.save_revision(user=people["editor"])
    client.force_login(staff["editor of the other"])
    for route in ("page chooser", "chooser search"):
        assert not told(client, READING[route]({"page": page}), "Bi mat moi"), route
