"""A no after the fact: someone turns out to be in what is public already.

| she | then |
| --- | --- |
| has agreed | nothing |
| took back her yes | all goes as on the day of her withdrawal, at once |
| was never asked, or it ended | `unagreed` lists it, and people are told |
| took it back, but the public text has no such name | people are told: a slip takes nothing down |

Every way of saying who is in a picture or a text ends here: what writes a `Depiction`, saves a
draft or writes a `NamedPerson`. `sweep` is for what came past all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from accounts import onscreen
from accounts.audit.services import acting
from accounts.notices.kinds import Kind
from accounts.notices.services import tell
from media.models import Depiction, Person
from media.people import names
from media.people.purposes import NAMED, SHOWN, Purpose
from media.people.reminders import readers
from media.people.selectors import last_no, standings
from media.people.services import hold
from stories.moderation.notices import board
from stories.pages import people
from stories.releases.models import Item, SaidToName, Takedown
from stories.releases.takedown import consent as consents
from stories.releases.takedown import unagreed


@transaction.atomic
def shown(depictions: Sequence[Depiction]) -> None:
    """These were just written."""
    uuids = {one.picture.uuid for one in depictions}
    found = Item.objects.public().filter(type=Item.Type.PICTURE, pk__in=uuids)
    public = {item.pk: item for item in found}
    if not public:
        return
    lacking = _lacking({one.person for one in depictions}, SHOWN)
    for one in depictions:
        if one.picture.uuid in public and one.person in lacking:
            _answer(one.person, public[one.picture.uuid])


@transaction.atomic
def named_in_draft(page) -> None:
    """A draft of this page was saved; whom it names besides those that the page itself names."""
    item = Item.objects.public().filter(pk=page.uuid).first()
    wanted = set(people.named(page)) if item else set()
    if wanted:
        wanted -= set(people.named(type(page).objects.get(pk=page.pk)))
    if wanted:
        _named(list(Person.objects.filter(uuid__in=wanted)), item)


@transaction.atomic
def named(uuid: UUID, person: Person) -> None:
    """A `NamedPerson` was written to the saved page itself."""
    if item := Item.objects.public().filter(pk=uuid).first():
        _named([person], item)


@transaction.atomic
def merged(person: Person) -> None:
    """Two records turned out to be one person: her no holds for what was public of either."""
    hold()
    found = unagreed.rows(Person.objects.filter(pk=person.pk))
    if any(row.has_withdrawn for row in found):
        takedown = _take_down(person)
        words = _(
            "%(name)s đã rút lại sự đồng ý. Những gì của người này còn công khai, kể cả ở bản ghi "
            "vừa gộp, đã được gỡ ngay lúc này."
        )
        _say(words % {"name": person.name}, "takedown", takedown.pk, _("Xem lần thu hồi"))


def sweep() -> list[Takedown]:
    """Take down whatever of a person who said no is public still, whichever way it came there."""
    rows = unagreed.rows(Person.objects.filter(consents__withdrawn_on__isnull=False))
    found = {row.person.pk: row.person for row in rows if row.has_withdrawn}
    return [_take_down(person) for person in found.values()]


def _lacking(asked: set[Person], scopes: frozenset[str]) -> set[Person]:
    hold()
    known = standings({person.uuid for person in asked})
    return {
        person for person in asked if not known[str(person.uuid)].agreed(Purpose.WEBSITE, scopes)
    }


def _named(asked: list[Person], item: Item) -> None:
    for person in sorted(_lacking(set(asked), NAMED), key=lambda one: one.pk):
        doubt = last_no(person.itself) is not None and not _has_name(item, person)
        _said, is_new = SaidToName.objects.get_or_create(
            item=item,
            person=person,
            sha256=item.current.sha256,
            defaults={"by": acting(), "in_doubt": doubt},
        )
        if is_new and doubt:
            _tell_doubt(person, item)
        elif is_new:
            _answer(person, item)


def _has_name(item: Item, person: Person) -> bool:
    """Whether the public text has her given name, as a name is written: “chị Lan”."""
    data = item.current.data
    text = names.tidy(" ".join((data["title"], data.get("lead", ""), data.get("text", ""))))
    given = names.tidy(person.name).rpartition(" ")[2]
    return re.search(rf"\b{re.escape(given)}\b", text) is not None


def _answer(person: Person, item: Item) -> None:
    person = person.itself
    if last_no(person) is not None:
        _say_taken_down(person, item, _take_down(person))
    else:
        _tell_unagreed(person, item)


@transaction.atomic
def _take_down(person: Person) -> Takedown:
    consent = last_no(person)
    return consents.take_down(consent=consent, user=acting())


def _say_taken_down(person: Person, item: Item, takedown: Takedown) -> None:
    words = (
        _(
            "%(name)s đã rút lại sự đồng ý, mà ảnh “%(title)s” đang công khai. Ảnh và những bài có "
            "ảnh đã được gỡ khỏi trang công khai ngay lúc này."
        )
        if item.type == Item.Type.PICTURE
        else _(
            "%(name)s đã rút lại sự đồng ý, mà bài “%(title)s” đang công khai. Bài đã được gỡ khỏi "
            "trang công khai ngay lúc này. Sửa để không còn nêu người này rồi gửi duyệt thì bài "
            "trở lại."
        )
    )
    said = {"name": person.name, "title": item.current.data["title"]}
    _say(words % said, "takedown", takedown.pk, _("Xem lần thu hồi"))


def _tell_doubt(person: Person, item: Item) -> None:
    title = item.current.data["title"]
    words = _(
        "%(name)s đã rút lại sự đồng ý. Bài “%(title)s” đang công khai không có tên này nên chưa "
        "bị gỡ. Nếu bài có kể về người này, hãy báo ngay Ban Tuyên giáo; nếu chọn nhầm, hãy bỏ "
        "tên này khỏi bản nháp. Đã báo đơn vị và Ban Tuyên giáo."
    )
    _say(words % {"name": person.name, "title": title}, "person", person.pk, _("Mở phần người này"))
    _tell(person, "releases/notices/doubt.txt", {"person": person, "title": title})


def _tell_unagreed(person: Person, item: Item) -> None:
    is_picture = item.type == Item.Type.PICTURE
    title = item.current.data["title"]
    what = (_("Ảnh “%(title)s”") if is_picture else _("Bài “%(title)s”")) % {"title": title}
    words = _(
        "%(what)s đang công khai, mà %(name)s chưa có sự đồng ý còn hiệu lực. Chưa có gì bị gỡ. "
        "Hãy xin phiếu đồng ý có chữ ký rồi ghi nhận; nếu người này không đồng ý, hãy báo Ban "
        "Tuyên giáo gỡ. Đã báo đơn vị và Ban Tuyên giáo."
    )
    _say(words % {"what": what, "name": person.name}, "person", person.pk, _("Mở phần người này"))
    said = {"person": person, "title": title, "is_picture": is_picture}
    _tell(person, "releases/notices/unagreed.txt", said)


def _tell(person: Person, template: str, said: dict[str, object]) -> None:
    """The people of her unit, and Ban Tuyên giáo."""
    own = [one.pk for one in readers(person.collection)]
    tell(
        users=get_user_model().objects.filter(Q(pk__in=own) | board(), is_active=True).distinct(),
        kind=Kind.UNAGREED,
        subject=_("Đang công khai mà chưa có đồng ý: %(name)s") % {"name": person.name},
        text=render_to_string(template, said),
        link=reverse("unagreed"),
    )


def _say(words: str, route: str, pk: int, label: str) -> None:
    button = messages.button(reverse(route, args=[pk]), label)
    onscreen.say(messages.render(words, [button]))
