"""What is said of each consent on the screens. The rule itself is `ConsentQuerySet.valid`; a test
holds the two to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from media.people.models import Consent, Person
from media.people.purposes import Purpose, Scope
from media.people.selectors import SOON

VALID, WARN, NOT = "valid", "warn", "not"


@dataclass(frozen=True, slots=True)
class Row:
    """A consent in words; `kind` is VALID, WARN (valid, but ends soon) or NOT."""

    consent: Consent
    kind: str
    words: str

    @property
    def may_be_withdrawn(self) -> bool:
        return self.consent.recorded_at is not None and self.consent.withdrawn_on is None

    @property
    def purposes(self) -> list[str]:
        return [str(one.label) for one in Purpose if one in self.consent.purposes]

    @property
    def scopes(self) -> list[str]:
        return [str(one.label) for one in Scope if one in self.consent.scopes]


def rows(person: Person, day: date) -> list[Row]:
    """All consents of the person, the newest first; two queries."""
    found = person.consents.select_related("giver", "taken_by", "withdrawal_recorded_by")
    return [Row(consent, *state(consent, person, day)) for consent in found.order_by("-pk")]


def state(consent: Consent, person: Person, day: date) -> tuple[str, str]:
    """(kind, words) of a consent of that person on that day."""
    if consent.recorded_at is None:
        return NOT, _("Đã in phiếu, chờ ghi nhận")
    if consent.withdrawn_on is not None and consent.withdrawn_on <= day:
        return NOT, _("Đã rút lại ngày %(day)s") % {"day": _day(consent.withdrawn_on)}
    if not consent.form:
        return NOT, _("Chưa có hiệu lực: chưa lưu phiếu đã ký")
    if consent.giver_id is None or (person.is_minor(day) and consent.giver_id == person.pk):
        return NOT, _("Chưa có hiệu lực: cần người giám hộ đồng ý")
    if consent.valid_from is None or consent.valid_from > day:
        return NOT, _("Chưa đến ngày có hiệu lực")
    if consent.valid_to is not None and consent.valid_to < day:
        return NOT, _("Đã hết hạn ngày %(day)s") % {"day": _day(consent.valid_to)}
    if consent.valid_to is not None and consent.valid_to <= day + timedelta(days=SOON):
        return WARN, _("Còn hiệu lực, hết hạn ngày %(day)s") % {"day": _day(consent.valid_to)}
    return VALID, _("Còn hiệu lực")


def _day(day: date) -> str:
    return date_format(day, "d/m/Y")


def took_back(person: Person) -> bool:
    """Whether one of `selectors.with_state` said no, and has no valid consent today."""
    return person.has_withdrawn and not person.is_agreed


def in_a_word(person: Person) -> str:
    """How one of `selectors.with_state` stands, for a list."""
    if person.is_agreed:
        return _("Đã đồng ý") if person.is_agreed_later else _("Đồng ý sắp hết hạn")
    return _("Đã rút lại") if person.has_withdrawn else _("Chưa có đồng ý còn hiệu lực")
