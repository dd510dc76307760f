"""Personal data that shouldn't be public: numbers, addresses, children.

Patterns find what people write, and err on the side of asking: each finding is amber, for the
approver to look at. Formats: phone numbers by the plan of 2018 (mobile 10 digits, fixed lines 11);
citizen id of 12 digits, province code 001 to 096 first (circular 59/2021/TT-BCA), the older of 9.
Under the Law on Children (102/2016/QH13) a child is under 16.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from stories.pages.checklist.children import addresses, children
from stories.pages.checklist.problems import AMBER, Problem, some

_START = r"(?<!\w)(?<!\d[.,/\-])(?!\d{1,2}[ .\-]\d{1,2}[ .\-](?:19|20)\d\d)"
_END = r"(?!\w)(?![.,\-]\d)(?!/)(?!-[A-ZĐ])"
_MONEY = r"(?!\s*(?:đồng|đ\b|vnđ|vnd|nghìn|ngàn|triệu|tỷ|tỉ|usd|lượt|người|kg|m2|m²|con\b|cây))"
_S = r"[ .\-]?"  # between digits

_BANKS = (
    r"(?:agribank|vietcombank|vcb|bidv|vietinbank|mb ?bank|techcombank|lienvietpostbank|lpbank"
    r"|acb|sacombank|vpbank|tpbank|shb|vib|hdbank)"
)
BANK = re.compile(
    rf"(?:(?:số tài khoản|tài khoản(?: ngân hàng)?(?: số)?|\bstk|\b(?:số )?tk\b)[^\d\n.;]{{0,30}}"
    rf"|\b{_BANKS}\b[^\d\n.;]{{0,15}})"
    rf"(?P<found>{_START}\d(?:[ .\-]?\d){{7,18}}){_END}{_MONEY}",
    re.IGNORECASE,
)
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_CARD = r"(?:cccd|căn cước|định danh|cmnd|cmt(?:nd)?|chứng minh)"
CITIZEN = (
    re.compile(
        rf"\b{_CARD}\b[^\d\n.;]{{0,30}}(?P<found>(?:\d{{3}}{_S}){{2}}\d{{3}}(?:{_S}\d{{3}})?){_END}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_START}(?P<found>0(?:[0-8]\d|9[0-6])(?:(?P<s>[ .\-])[0-3]\d\d(?P=s)\d{{3}}(?P=s)\d{{3}}"
        rf"|[0-3](?P<t>[ .\-])\d{{4}}(?P=t)\d{{4}}|[0-3]\d{{8}})){_END}"
    ),
    re.compile(
        rf"{_START}(?P<found>[0-3]\d{{8}}){_END}{_MONEY}",
        re.IGNORECASE,
    ),
)
PHONE = re.compile(
    rf"{_START}(?P<found>0[35789](?:{_S}\d){{8}}"
    rf"|\(?02(?:{_S}\d){{2}}\)?(?:{_S}\d){{7}}"
    rf"|(?:\(?\+84\)?|0084){_S}(?:\(?0\)?)?(?:[35789](?:{_S}\d){{8}}|2(?:{_S}\d){{9}})"
    rf"|84[35789]\d{{8}}){_END}"
)
EMAIL = re.compile(r"(?P<found>[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+)")
MAIL_LINK = re.compile(r'href="mailto:(?P<found>[^"?]+)', re.IGNORECASE)
OFFICIAL = re.compile(r"@(?:[\w\-]+\.)*gov\.vn$", re.IGNORECASE)


def problems(page, data: dict) -> Iterator[Problem]:
    """One problem for each kind of data, with the first few findings, wherever they are."""
    found: dict[str, dict[str, str]] = {}
    for field, text in _texts(data):
        for kind, value in findings(text):
            found.setdefault(kind, {}).setdefault(value, field)
    for kind, message in _messages().items():
        if values := found.get(kind):
            field = next(iter(values.values()))
            yield Problem(kind, AMBER, message % {"found": some(values)}, field)


def _messages() -> dict[str, str]:
    return {
        "phone": _("Có số điện thoại: %(found)s. Chỉ để lại nếu chủ số đồng ý công khai."),
        "citizen_id": _("Có dãy số giống số căn cước, chứng minh: %(found)s. Hãy bỏ khỏi bài."),
        "bank_account": _("Có số tài khoản ngân hàng: %(found)s. Chỉ để lại khi thật cần."),
        "email": _("Có địa chỉ thư điện tử: %(found)s. Chỉ để lại nếu chủ địa chỉ đồng ý."),
        "minor": _(
            "Có thể nhận ra trẻ dưới 16 tuổi: %(found)s. Hãy bỏ họ tên, tuổi hoặc lớp của cháu."
        ),
        "minor_address": _("Có nơi ở của trẻ em: %(found)s. Hãy bỏ địa chỉ khỏi bài."),
    }


def findings(text: str) -> Iterator[tuple[str, str]]:
    """(kind, what was found) of a plain text; what is one kind isn't another as well."""
    text = unicodedata.normalize("NFC", text)
    taken: list[tuple[int, int]] = []
    for kind, match in _numbers(text):
        start, end = match.span("found")
        if all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
            yield kind, match["found"]
    yield from (("minor", child) for child in children(text))
    yield from (("minor_address", place) for place in addresses(text))


def _numbers(text: str) -> Iterator[tuple[str, re.Match]]:
    for match in BANK.finditer(text):
        if not THOUSANDS.fullmatch(match["found"]):
            yield "bank_account", match
    for pattern in CITIZEN:
        yield from (("citizen_id", match) for match in pattern.finditer(text))
    yield from (("phone", match) for match in PHONE.finditer(text))
    for match in EMAIL.finditer(text):
        if not OFFICIAL.search(match["found"]):
            yield "email", match


def _texts(data: dict) -> Iterator[tuple[str, str]]:
    """(form field, words) of everything in a content that people wrote freely."""
    for field in ("title", "lead", "byline", "role"):
        yield field, data.get(field) or ""
    yield "correction_note", data["note"]
    yield "body", data["text"]
    for picture in data["pictures"]:
        field = "lead_picture" if picture["uuid"] == data["lead_picture"] else "body"
        for part in ("title", "caption", "credit", "alt", "terms"):
            yield field, picture[part]
    for block in data["body"]:
        for match in MAIL_LINK.finditer(block.get("html", "")):
            yield "body", match["found"]
