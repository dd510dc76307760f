"""What the tests of the walls share: a draft in each state, posted forms, and what is public."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.models import User
from accounts.roles import BOARD
from stories import factories
from stories.moderation import deputies
from stories.pages.models import StoryPage
from stories.press import services as press
from stories.press.models import PressClient
from stories.releases import selectors
from stories.releases.models import Item
from stories.units.models import Unit

ROLES = [
    "anonymous",
    "press key",
    "author",
    "co-author",
    "submitter",
    "other unit's editor",
    "unit reviewer",
    "province reviewer",
    "board",
    "board, co-author",
    "second board member",
    "deputy of the board",
    "superuser",
]


def cast(people: dict[str, User]) -> dict[str, User]:
    """Who the roles are; colleagues of the author and a board member's deputy are made here."""
    unit = Unit.objects.get(code=factories.LAM_THAO)
    return {
        "deputy of the board": deputy(people["board"]),
        "author": people["editor"],
        "co-author": factories.user("cungviet.lamthao", unit.editors),
        "submitter": factories.user("gui.lamthao", unit.editors),
        "other unit's editor": people["other_editor"],
        "unit reviewer": people["reviewer"],
        "province reviewer": people["province_reviewer"],
        "board": people["board"],
        "board, co-author": factories.user("tuyengiao3", BOARD),
        "second board member": people["board2"],
        "superuser": people["admin"],
    }


def deputy(holder: User) -> User:
    person = factories.user("thay.tuyengiao", Unit.objects.get(code=factories.VIET_TRI).editors)
    today = timezone.localdate()
    deputies.name_deputy(holder=holder, person=person, unit=None, starts=today, ends=today)
    return person


def signed_in(client: Client, cast: dict[str, User], role: str) -> dict[str, str]:
    """Sign the role in; the headers of its requests."""
    if role in cast:
        client.force_login(cast[role])
    if role == "press key":
        caller = PressClient.objects.create(name="bao-phu-tho", organisation="Báo Phú Thọ")
        return {"Authorization": f"Bearer {press.create_key(client=caller)[1]}"}
    return {}


def written_by_all(page: StoryPage, cast: dict[str, User]) -> StoryPage:
    """Two more hands in the text: a colleague's and a board member's."""
    for number, role in enumerate(["co-author", "board, co-author"]):
        page.lead = f"Bản nháp thứ {number + 2}."
        page.save_revision(user=cast[role])
    return reload(page)


def draft(cast: dict[str, User], **fields) -> StoryPage:
    return written_by_all(factories.story(cast["author"], **fields), cast)


def live(cast: dict[str, User], **fields) -> StoryPage:
    """A released story with an unapproved correction that two others wrote too."""
    page = factories.story(cast["author"], **fields)
    page = factories.submit(page, cast["submitter"])
    page = factories.act(page, cast["unit reviewer"])
    page = factories.act(page, cast["board"])
    page.title = "Tít chưa duyệt"
    page.save_revision(user=cast["author"])
    return written_by_all(reload(page), cast)


def reload(page: Page) -> StoryPage:
    return StoryPage.objects.get(pk=page.pk)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def public() -> dict[str, str]:
    """What anyone may see now: uuid → hash of the approved content; with the ledger's length."""
    shown = {str(item.uuid): item.current.sha256 for item in Item.objects.public()}
    return shown | {"releases": str(selectors.head())}


def form(page: StoryPage | None = None, **fields) -> dict:
    """A posted editor's form, with a text that nobody approved."""
    values = {
        "title": "Tít từ biểu mẫu",
        "lead": "Sa-pô từ biểu mẫu.",
        "lead_picture": "",
        "body": streamfield([("paragraph", rich_text("<p>Thân bài từ biểu mẫu.</p>"))]),
        "byline": "Thu Hà",
        "date": "2026-11-20",
        "kind": "individual",
        "group": "",
        "tags": "",
        "correction_note": "",
        "told_exemplars": inline_formset([]),
        "named_people": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(values | fields)
