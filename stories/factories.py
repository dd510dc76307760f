"""Building blocks for tests: units with their sections, people by role, pages in each state."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from accounts.models import User
from accounts.roles import BOARD
from media.models import Consent, Person, Picture
from media.people import services
from media.people.purposes import Purpose, Scope
from stories.pages.models import ExemplarPage, StoryPage, UnitSectionPage
from stories.pages.services import sections
from stories.units.models import Unit
from stories.units.services import load_units

PASSWORD = "guong-sang-2026"
LAM_THAO, VIET_TRI, PROVINCE = "08494", "07900", "25"


def units(*codes: str) -> list[Unit]:
    """Load the unit tree; give these units their sections, collections and groups."""
    if not Unit.objects.exists():
        load_units()
    found = [Unit.objects.get(code=code) for code in codes]
    sections.sync(found)
    return found


def user(username: str, *groups: Group | str, **fields) -> User:
    person = User.objects.create_user(
        username, f"{username}@example.vn", PASSWORD, **({"first_name": username} | fields)
    )
    person.groups.add(*(Group.objects.get(name=g) if isinstance(g, str) else g for g in groups))
    return person


CAST = {
    "editor": "bientap.lamthao",
    "reviewer": "duyet.lamthao",
    "other_editor": "bientap.vietri",
    "other_reviewer": "duyet.vietri",
    "province_reviewer": "duyet.tinh",
    "board": "tuyengiao",
    "board2": "tuyengiao2",
    "admin": "quantri",
}


def cast() -> dict[str, User]:
    """The cast if it is there already, else an empty dict."""
    found = {person.username: person for person in User.objects.filter(username__in=CAST.values())}
    return {role: found[name] for role, name in CAST.items()} if len(found) == len(CAST) else {}


def people() -> dict[str, User]:
    """The cast of most tests: two units' editors, Lâm Thao's reviewer, the board, an admin."""
    lam_thao, viet_tri, province = units(LAM_THAO, VIET_TRI, PROVINCE)
    return {
        "editor": user("bientap.lamthao", lam_thao.editors),
        "reviewer": user("duyet.lamthao", lam_thao.reviewers),
        "other_editor": user("bientap.vietri", viet_tri.editors),
        "other_reviewer": user("duyet.vietri", viet_tri.reviewers),
        "province_reviewer": user("duyet.tinh", province.reviewers),
        "board": user("tuyengiao", BOARD),
        "board2": user("tuyengiao2", BOARD),
        "admin": user("quantri", is_superuser=True, is_staff=True),
    }


def jpeg(width: int = 640, height: int = 428, seed: int = 0) -> bytes:
    image = Image.new("RGB", (width, height), (120 + seed % 100, 80, 60))
    ImageDraw.Draw(image).ellipse(
        (20, 20, width - 20, height - 20), fill=(200, 160 + seed % 90, 90)
    )
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def picture(
    unit_code: str = LAM_THAO, seed: int = 0, people: Sequence[Person] = (), **fields
) -> Picture:
    """A picture that shows these people, or says that it shows nobody."""
    collection = sections.ensure_collection(Unit.objects.get(code=unit_code))
    values = {
        "title": f"Ảnh {seed}",
        "caption": "Chị Lan bên khung nón.",
        "credit": "Ảnh: Thu Hà",
        "alt_text": "Người phụ nữ ngồi khâu nón lá",
        "no_recognisable_person": not people,
    } | fields
    content = jpeg(seed=seed)
    made = Picture.objects.create(
        file=ContentFile(content, f"anh-{seed}.jpg"), collection=collection, **values
    )
    services.set_depicted(picture=made, people=people)
    return made


def person(name: str = "Nguyễn Thị Lan", unit_code: str = LAM_THAO, **fields) -> Person:
    collection = sections.ensure_collection(Unit.objects.get(code=unit_code))
    made = Person(name=name, collection=collection, **fields)
    return services.save_person(person=made, user=None)


def signed() -> ContentFile:
    """A file that passes for a signed form."""
    return ContentFile(b"%PDF-1.4\n% signed\n", "phieu.pdf")


def consent(person: Person, user: User, **fields) -> Consent:
    """A recorded yes to everything, from a year ago and without an end, with its signed form."""
    values = {
        "purposes": Purpose.values,
        "scopes": Scope.values,
        "valid_from": timezone.localdate() - timedelta(days=365),
        "form": signed(),
        "relation": "mẹ",
    } | fields
    prepared = services.prepare_consent(person=person)
    return services.record_consent(consent=prepared, user=user, **values)


def _page(model, owner, unit_code: str, values: dict):
    section: UnitSectionPage = sections.ensure_section(Unit.objects.get(code=unit_code))
    many = {name: values.pop(name) for name in ("contents", "campaigns") if name in values}
    told, tags = values.pop("exemplars", []), values.pop("tags", [])
    named = values.pop("named", [])
    values.setdefault("names_nobody", not named and not values.get("person"))
    page = model(live=False, owner=owner, unit=section.unit, **values)
    section.add_child(instance=page)
    for name, terms in many.items():
        getattr(page, name).set(terms)
    page.tags.add(*tags)
    for exemplar in told:
        page.told_exemplars.create(exemplar=exemplar)
    for who in named:
        page.named_people.create(person=who)
    page.save()
    page.save_revision(user=owner)
    return model.objects.get(pk=page.pk)


def story(owner: User, unit_code: str = LAM_THAO, **fields) -> StoryPage:
    """A draft story with one revision by `owner`; `named` are people, else it names nobody."""
    values = {
        "title": "Chị Lan giữ nghề nón lá",
        "lead": "Ba mươi năm, đôi tay chị chưa rời vành nón.",
        "body": [("paragraph", "<p>Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón.</p>")],
        "byline": "Thu Hà",
        "date": date(2026, 11, 20),
        "kind": "individual",
    } | fields
    return _page(StoryPage, owner, unit_code, values)


def exemplar(owner: User, unit_code: str = LAM_THAO, **fields) -> ExemplarPage:
    values = {
        "title": "Nguyễn Thị Lan",
        "role": "Chi hội trưởng phụ nữ khu 5",
        "lead": "Người giữ nghề nón lá.",
        "body": [("paragraph", "<p>Chị dạy nghề cho hai mươi chị em.</p>")],
        "date": date(2026, 11, 18),
        "kind": "individual",
        "direct_labour": True,
    } | fields
    return _page(ExemplarPage, owner, unit_code, values)


def submit(page, by: User):
    page.get_workflow().start(page, by)
    return type(page).objects.get(pk=page.pk)


def ambers(page) -> list[str]:
    """Codes of what the approver of the newest revision has to tick."""
    draft = page.get_latest_revision_as_object()
    return [found.code for found in draft.publication_problems() if not found.is_red]


def act(page, by: User, action: str = "approve", **data):
    """Approve or return at the page's current step, by the server's own route.

    Whatever the checklist asks to look at is ticked, unless `accepted` says otherwise.
    """
    page = type(page).objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    if action == "approve":
        data.setdefault("accepted", ambers(page))
    state.task.specific.on_action(state, by, action, **data)
    return type(page).objects.get(pk=page.pk)


def resubmit(page, by: User):
    page = type(page).objects.get(pk=page.pk)
    page.current_workflow_state.resume(by)
    return type(page).objects.get(pk=page.pk)


def publish(page, people: dict[str, User]):
    """Take a draft the whole way: submit, unit review, Ban Tuyên giáo's approval."""
    page = submit(page, page.owner)
    page = act(
        page, people["reviewer"] if page.unit.code == LAM_THAO else people["province_reviewer"]
    )
    return act(page, people["board"])
