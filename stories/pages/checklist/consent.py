"""Nobody is shown or named without a recorded yes that is valid today.

| who | what takes a yes for the website | without it |
| --- | --- | --- |
| is in a picture | portrait | red |
| is named or told of | name and story | red |
| a minor | the same, given by the guardian | red |
| agreed, but not for newspapers or radio and TV | | amber: they don't get it |
| agreed, but only for 60 days more | | amber |

Who isn't known can't be asked: a picture, and a text, says who is in it or that nobody is (red).
The gate asks this with the rest of the checklist; `refusals` asks it once more at the moment of
going live, because a yes can be taken back between approval and release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from media.models import Picture
from media.people.purposes import NAMED, SHOWN, Purpose, Scope
from media.people.selectors import SOON, Standing, purposes_of, standings
from stories.pages.checklist.problems import AMBER, RED, Problem, some

PRESS = (Purpose.NEWSPAPER, Purpose.RADIO_TV)


def problems(page, data: dict) -> Iterator[Problem]:
    yield from of_all([(page, data)])[0]


def refusals(pages: Sequence[tuple[object, dict]]) -> list[Problem]:
    """What keeps any of these pages, each with its content, from going live today."""
    return [found for one in of_all(pages) for found in one if found.is_red]


def of_all(pages: Sequence[tuple[object, dict]]) -> list[list[Problem]]:
    """The problems of each page with its content; as many queries for all as for one."""
    known = standings({uuid for _page, data in pages for uuid in _everyone(data)})
    undecided = _undecided(data for _page, data in pages)
    return [
        [*_whom(page, data), *_pictures(data, undecided), *_people(data, known)]
        for page, data in pages
    ]


def purposes(contents: Sequence[dict]) -> list[list[str]]:
    """For each content, the purposes that everyone in it agreed to today; see `purposes_of`."""
    known = standings({uuid for data in contents for uuid in _everyone(data)})
    return [
        purposes_of(map(known.get, _shown(data)), map(known.get, data.get("people", ())))
        for data in contents
    ]


def picture_purposes(pictures: Sequence[dict]) -> dict[str, list[str]]:
    """The same for each picture of a content, by its uuid."""
    found = purposes([{"pictures": [picture]} for picture in pictures])
    return {picture["uuid"]: allowed for picture, allowed in zip(pictures, found, strict=True)}


def _shown(data: dict) -> dict[str, list[str]]:
    """uuid of a person → titles of the pictures that show her."""
    found: dict[str, list[str]] = {}
    for picture in data["pictures"]:
        for person in picture.get("people", ()):
            found.setdefault(person, []).append(picture.get("title", ""))
    return found


def _everyone(data: dict) -> set[str]:
    return {*_shown(data), *data.get("people", ())}


def _undecided(contents: Iterable[dict]) -> dict[str, int]:
    """uuid → id of the pictures with nobody in them that aren't said to show nobody."""
    uuids = {
        picture["uuid"]
        for data in contents
        for picture in data["pictures"]
        if not picture.get("people")
    }
    if not uuids:
        return {}
    found = Picture.objects.filter(uuid__in=uuids, no_recognisable_person=False)
    return {str(uuid): pk for uuid, pk in found.values_list("uuid", "pk")}


def _whom(page, data: dict) -> Iterator[Problem]:
    if not data.get("people") and not page.names_nobody:
        message = _(
            "Chưa ghi bài kể về ai. Hãy chọn những người được nêu trong bài, hoặc đánh dấu “bài "
            "không nêu tên hoặc kể về một người cụ thể nào”."
        )
        yield Problem("people", RED, message, "names_nobody")


def _pictures(data: dict, undecided: dict[str, int]) -> Iterator[Problem]:
    for picture in data["pictures"]:
        if picture["uuid"] in undecided:
            pk = undecided[picture["uuid"]]
            field = "lead_picture" if picture["uuid"] == data["lead_picture"] else "body"
            message = _(
                "Ảnh “%(title)s” chưa ghi ai trong ảnh. Hãy mở ảnh, chọn người trong ảnh, hoặc "
                "đánh dấu “không có ai nhận ra được”."
            ) % {"title": picture["title"]}
            url = reverse("wagtailimages:edit", args=[pk])
            yield Problem(f"in_picture-{pk}", RED, message, field, url, _("Mở ảnh (trang mới)"))


def _people(data: dict, known: dict[str, Standing]) -> Iterator[Problem]:
    shown, named = _shown(data), set(data.get("people", ()))
    for uuid in sorted(_everyone(data)):
        if uuid not in known:
            message = _("Có người trong bài không còn trong danh sách. Hãy chọn lại.")
            yield Problem(f"unknown-{uuid}", RED, message, "named_people")
            continue
        wanted = (SHOWN if uuid in shown else frozenset()) | (
            NAMED if uuid in named else frozenset()
        )
        where = _where(shown.get(uuid, ()), uuid in named)
        field = "named_people" if uuid in named else "body"
        yield from _person(known[uuid], wanted, where, field)


def _where(pictures: Sequence[str], named: bool) -> str:
    parts = [_("trong ảnh %(titles)s") % {"titles": some(pictures)}] if pictures else []
    return ", ".join(parts + ([_("được nêu trong bài")] if named else []))


def _person(one: Standing, wanted: frozenset, where: str, field: str) -> Iterator[Problem]:
    person = one.person
    said = {"name": person.name, "where": where}
    link = (field, reverse("person", args=[person.pk]), _("Mở phần của người này (trang mới)"))
    if not one.agreed(Purpose.WEBSITE, wanted):
        scopes = [scope for scope in Scope if scope in wanted]
        lacking = [scope for scope in scopes if not one.agreed(Purpose.WEBSITE, frozenset({scope}))]
        said["lacking"] = ", ".join(str(scope.label).lower() for scope in lacking)
        if one.is_minor:
            code, message = (
                "minor_consent",
                _(
                    "%(name)s (%(where)s) chưa đủ 18 tuổi và chưa có sự đồng ý còn hiệu lực của "
                    "người giám hộ cho trang web, còn thiếu: %(lacking)s. Hãy ghi nhận phiếu do "
                    "người giám hộ ký, hoặc để không ai nhận ra người này."
                ),
            )
        else:
            code, message = (
                "no_consent",
                _(
                    "%(name)s (%(where)s) chưa có sự đồng ý còn hiệu lực cho trang web, còn thiếu: "
                    "%(lacking)s. Hãy ghi nhận phiếu đồng ý đã ký, hoặc bỏ người này khỏi bài, ảnh."
                ),
            )
        yield Problem(f"{code}-{person.pk}", RED, message % said, *link)
        return
    press = [purpose for purpose in PRESS if not one.agreed(purpose, wanted)]
    if press:
        said["purposes"] = "; ".join(str(purpose.label).lower() for purpose in press)
        message = _(
            "%(name)s (%(where)s) chưa đồng ý cho: %(purposes)s. Bài đăng trên trang web của Hội; "
            "những nơi đó không được dùng bài này."
        )
        yield Problem(f"press_consent-{person.pk}", AMBER, message % said, *link)
    last = one.last_day(Purpose.WEBSITE, wanted)
    if last and last <= timezone.localdate() + timedelta(days=SOON):
        said["day"] = date_format(last, "d/m/Y")
        message = _(
            "Sự đồng ý của %(name)s (%(where)s) hết hạn ngày %(day)s. Hãy xin gia hạn trước "
            "ngày đó."
        )
        yield Problem(f"consent_ends-{person.pk}", AMBER, message % said, *link)
