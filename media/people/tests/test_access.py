"""Roles × people, over every way to a person: list, search, chooser, page, forms, signed file."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import OFFICE
from media.models import Consent, Depiction, Person
from stories import factories
from stories.moderation import deputies
from stories.units.models import Unit

pytestmark = pytest.mark.django_db

# Of Lâm Thao's person, Việt Trì's, and the province's own.
SEES = {
    "anonymous": "",
    "nobody's": "",
    "editor": "lam_thao",
    "reviewer": "lam_thao",
    "other_editor": "viet_tri",
    "province_reviewer": "lam_thao viet_tri province",
    "board": "lam_thao viet_tri province",
    "office": "lam_thao viet_tri province",
    "admin": "lam_thao viet_tri province",
    "deputy of the board": "lam_thao viet_tri province",
}
CHANGES = {
    "editor": "lam_thao",
    "reviewer": "lam_thao",
    "other_editor": "viet_tri",
    "province_reviewer": "province",
    "board": "lam_thao viet_tri province",
    "admin": "lam_thao viet_tri province",
    "deputy of the board": "viet_tri",  # of her own unit
}


@pytest.fixture
def cast(people):
    from django.utils import timezone

    viet_tri = Unit.objects.get(code=factories.VIET_TRI)
    deputy = factories.user("thay.tuyengiao", viet_tri.editors)
    today = timezone.localdate()
    deputies.name_deputy(holder=people["board"], person=deputy, unit=None, starts=today, ends=today)
    return people | {
        "nobody's": factories.user("khong.nhom"),
        "office": factories.user("vanphong", OFFICE),
        "deputy of the board": deputy,
    }


@pytest.fixture
def women(people) -> dict[str, Person]:
    codes = {
        "lam_thao": factories.LAM_THAO,
        "viet_tri": factories.VIET_TRI,
        "province": factories.PROVINCE,
    }
    made = {}
    for number, (name, code) in enumerate(codes.items()):
        made[name] = factories.person(f"Hoàng Thị Mẫu {number}", code, phone=f"09000000{number}")
        factories.consent(made[name], people["board"])
    return made


def signed_in(cast, role: str) -> Client:
    client = Client()
    if role in cast:
        client.force_login(cast[role])
    return client


def consent_of(person: Person) -> Consent:
    return person.consents.get()


def words(response) -> str:
    """What is shown: a modal's HTML comes in JSON."""
    if response["Content-Type"] == "application/json":
        return response.json()["html"]
    return response.content.decode()


LISTS = {
    "list": lambda: reverse("people"),
    "search": lambda: reverse("people") + "?q=mau",
    "chooser": lambda: reverse("person_chooser:choose"),
    "chooser's search": lambda: reverse("person_chooser:choose_results") + "?q=mau",
}
PAGES = {
    "page": lambda one: reverse("person", args=[one.pk]),
    "chosen": lambda one: reverse("person_chooser:chosen", args=[one.pk]),
    "withdrawal": lambda one: reverse("consent_withdraw", args=[one.pk]),
    "signed form": lambda one: reverse("consent_form", args=[consent_of(one).pk]),
    "code": lambda one: reverse("consent_by_code", args=[consent_of(one).code]),
}
WRITES = {
    "edit": lambda one: reverse("person_edit", args=[one.pk]),
    "record": lambda one: reverse("consent_record", args=[one.pk]),
    "attach": lambda one: reverse("consent_attach", args=[consent_of(one).pk]),
}


@pytest.mark.parametrize("way", LISTS)
def test_lists_show_each_role_just_its_own_people(cast, women, way) -> None:
    for role, sees in SEES.items():
        text = words(signed_in(cast, role).get(LISTS[way]()))
        shown = {name for name, woman in women.items() if woman.name in text}
        assert shown == set(sees.split()), role


@pytest.mark.parametrize("way", ["list", "chooser's search"])
def test_a_code_finds_nobody_for_those_who_may_not_see_her(cast, women, way) -> None:
    code = consent_of(women["lam_thao"]).code
    address = LISTS["list"]() if way == "list" else reverse("person_chooser:choose_results")
    for role, sees in SEES.items():
        text = signed_in(cast, role).get(address, {"q": code}).content.decode()
        assert (women["lam_thao"].name in text) is ("lam_thao" in sees), role


@pytest.mark.parametrize("way", PAGES)
def test_addresses_answer_only_those_who_may_see_the_person(cast, women, way) -> None:
    for role, sees in SEES.items():
        client = signed_in(cast, role)
        for name, woman in women.items():
            response = client.get(PAGES[way](woman))
            if name in sees.split():
                assert response.status_code in {200, 302}, (role, name)
                assert "/login/" not in response.headers.get("Location", ""), (role, name)
            else:
                refused = response.status_code in {302, 403, 404}
                assert refused, (role, name)
                if response.status_code == 302:
                    assert response["Location"].startswith(reverse("wagtailadmin_login")) or (
                        role == "nobody's"
                    )


@pytest.mark.parametrize("way", WRITES)
def test_only_those_who_may_change_a_person_write(cast, women, way) -> None:
    for role in SEES:
        client = signed_in(cast, role)
        for name, woman in women.items():
            answer = client.get(WRITES[way](woman)).status_code
            allowed = name in CHANGES.get(role, "").split()
            assert (answer == 200) is allowed, (role, name)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_only_those_who_may_change_a_person_print_her_form(cast, women, kind) -> None:
    for role in SEES:
        client = signed_in(cast, role)
        for name, woman in women.items():
            answer = client.post(reverse("consent_print", args=[woman.pk, kind]))
            allowed = name in CHANGES.get(role, "").split()
            assert (answer.status_code == 200) is allowed, (role, name)


def test_whoever_sees_a_person_may_write_down_her_no(cast, women) -> None:
    woman = women["lam_thao"]
    data = {"consents": [consent_of(woman).pk], "how": "phone", "when": "2026-01-02"}
    client = signed_in(cast, "other_editor")
    assert client.post(reverse("consent_withdraw", args=[woman.pk]), data).status_code == 404
    client = signed_in(cast, "office")
    assert client.post(reverse("consent_withdraw", args=[woman.pk]), data).status_code == 302
    assert consent_of(woman).withdrawal_recorded_by == cast["office"]


def test_a_withdrawal_reaches_no_other_persons_consent(cast, women) -> None:
    data = {"consents": [consent_of(women["viet_tri"]).pk], "how": "phone", "when": "2026-01-02"}
    client = signed_in(cast, "board")
    client.post(reverse("consent_withdraw", args=[women["lam_thao"].pk]), data)
    assert not Consent.objects.exclude(withdrawn_on=None).exists()


def test_the_signed_form_has_no_public_address(cast, women) -> None:
    name = consent_of(women["lam_thao"]).form.name
    for role in SEES:
        assert signed_in(cast, role).get(f"/tep/{name}").status_code == 404, role
    response = signed_in(cast, "editor").get(PAGES["signed form"](women["lam_thao"]))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert response["Cache-Control"].startswith("private, no-store")
    assert "sandbox" in response["Content-Security-Policy"]


def test_private_contacts_are_on_the_persons_page_alone(cast, women) -> None:
    client = signed_in(cast, "editor")
    assert "090000000" in client.get(PAGES["page"](women["lam_thao"])).content.decode()
    for way in LISTS.values():
        assert "090000000" not in words(client.get(way()))


def test_the_menu_shows_people_to_those_who_may_look(cast) -> None:
    for role in ("editor", "office", "board", "admin"):
        text = signed_in(cast, role).get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("people") in text, role


def test_a_draft_of_another_unit_that_names_her_is_not_told(cast, women, people) -> None:
    own = factories.story(people["editor"], title="Của ta", named=[women["lam_thao"]])
    factories.story(
        people["other_editor"],
        factories.VIET_TRI,
        title="Của đơn vị khác",
        named=[women["lam_thao"]],
    )
    text = signed_in(cast, "editor").get(PAGES["page"](women["lam_thao"])).content.decode()
    assert own.title in text
    assert "Của đơn vị khác" not in text
    text = signed_in(cast, "board").get(PAGES["page"](women["lam_thao"])).content.decode()
    assert "Của đơn vị khác" in text


def test_a_story_names_only_people_whom_its_editor_may_see(client, people, women) -> None:
    from wagtail.test.utils.form_data import inline_formset

    from config.tests import walls

    page = factories.story(people["editor"])
    client.force_login(people["editor"])
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for name, taken in (("viet_tri", False), ("lam_thao", True)):
        rows = inline_formset([{"person": women[name].pk}])
        client.post(address, walls.form(named_people=rows))
        draft = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
        assert [one.person_id for one in draft.named_people.all()] == [women[name].pk] * taken


def test_a_picture_shows_only_people_whom_its_editor_may_see(client, people, women) -> None:
    picture = factories.picture(no_recognisable_person=False)
    client.force_login(people["editor"])
    form = {"title": "Ảnh", "collection": picture.collection_id}
    address = reverse("wagtailimages:edit", args=[picture.pk])
    for field, value in (
        ("people", [women["viet_tri"].pk]),
        ("another_person", women["viet_tri"].pk),
    ):
        client.post(address, form | {field: value})
        assert not Depiction.objects.exists(), field
    client.post(address, form | {"people": [women["lam_thao"].pk]})
    assert [one.person for one in picture.depictions.all()] == [women["lam_thao"]]
