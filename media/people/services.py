"""Writes: persons, their consents, and who is in a picture. Each act is in the audit trail."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from accounts.audit import services as audit
from accounts.audit.actions import Action
from media.people import names
from media.people.models import Consent, Depiction, Person
from media.people.purposes import Purpose, Scope
from media.people.signals import consent_withdrawn

TRIES = 5  # to find a code that nobody has


@transaction.atomic
def save_person(*, person: Person, user) -> Person:
    """Keep a new or changed person; on record is which fields changed, never what they say."""
    stored = Person.objects.filter(pk=person.pk).first() if person.pk else None
    person.save()
    target = f"person:{person.uuid}"
    if stored is None:
        data = {"collection": person.collection_id}
        audit.record(action=Action.PERSON_CREATED, target=target, actor=user, data=data)
        return person
    changed = sorted(
        field.name
        for field in Person._meta.concrete_fields
        if getattr(stored, field.attname) != getattr(person, field.attname)
    )
    if changed:
        data = {"changed": changed}
        audit.record(action=Action.PERSON_CHANGED, target=target, actor=user, data=data)
    return person


@transaction.atomic
def prepare_consent(*, person: Person, code: str = "") -> Consent:
    """The record of a form to be printed: the one that still waits (of that code), or a new one."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    found = person.consents.filter(recorded_at=None)
    waiting = (found.filter(code=code) if code else found).order_by("pk").first()
    return waiting or _new(Consent(person=person))


def _new(consent: Consent) -> Consent:
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                consent.save()
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
            consent.code = ""
        else:
            break
    return consent


@transaction.atomic
def record_consent(
    *,
    consent: Consent,
    user,
    purposes: Iterable[str],
    scopes: Iterable[str],
    valid_from: date,
    valid_to: date | None = None,
    taken_on: date | None = None,
    relation: str = "",
    form: Any = None,
) -> Consent:
    """Write down what was signed. `consent` is one of `prepare_consent`, not recorded yet.

    A minor's is given by her guardian, anyone else's by herself. `form` is a file (the signed form)
    or None: then it isn't valid until `attach_form`. Raises ValidationError for what can't be,
    PermissionDenied for a consent that is recorded already.
    """
    consent = Consent.objects.select_for_update().select_related("person").get(pk=consent.pk)
    person, taken_on = consent.person, taken_on or valid_from
    if consent.recorded_at is not None:
        raise PermissionDenied(_("Phiếu này đã được ghi nhận rồi. Hãy in phiếu mới."))
    purposes, scopes = _known(purposes, Purpose), _known(scopes, Scope)
    if taken_on > timezone.localdate():
        raise ValidationError({"taken_on": _("Ngày ký không được ở tương lai.")})
    if valid_to and valid_to < valid_from:
        raise ValidationError({"valid_to": _("Ngày hết hạn phải sau ngày bắt đầu.")})
    consent.giver, consent.giver_relation = _giver(person, taken_on, relation)
    for purpose in purposes:
        setattr(consent, f"for_{purpose}", True)
    for scope in scopes:
        setattr(consent, f"covers_{scope}", True)
    consent.valid_from, consent.valid_to, consent.taken_on = valid_from, valid_to, taken_on
    consent.taken_by, consent.recorded_at = user, timezone.now()
    if form is not None:
        _attach(consent, form)
    consent.save()
    data = {
        "person": str(person.uuid),
        "purposes": sorted(purposes),
        "scope": sorted(scopes),
        "from": valid_from.isoformat(),
        "to": valid_to.isoformat() if valid_to else "",
        "sha256": consent.form_sha256,
    }
    _on_record(Action.CONSENT_RECORDED, consent, user, data)
    return consent


def _known(values: Iterable[str], kind: type[Purpose] | type[Scope]) -> set[str]:
    found = {str(kind(value)) for value in values}
    if not found:
        field = "purposes" if kind is Purpose else "scopes"
        raise ValidationError({field: _("Hãy chọn ít nhất một mục.")})
    return found


def _giver(person: Person, day: date, relation: str) -> tuple[Person, str]:
    if not person.is_minor(day):
        return person, ""
    if person.guardian is None:
        raise ValidationError(
            _("Người này chưa đủ 18 tuổi. Trước hết hãy ghi người giám hộ của cháu.")
        )
    if not relation.strip():
        raise ValidationError({"relation": _("Hãy ghi quan hệ của người giám hộ, ví dụ: mẹ.")})
    return person.guardian, names.tidy(relation)


@transaction.atomic
def attach_form(*, consent: Consent, user, form: Any) -> Consent:
    """Add the signed form to a recorded consent that has none. Raises PermissionDenied."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.recorded_at is None:
        raise PermissionDenied(_("Hãy ghi nhận sự đồng ý trước."))
    if consent.form:
        raise PermissionDenied(_("Phiếu đã ký được lưu rồi, không thay được."))
    _attach(consent, form)
    consent.save()
    _on_record(Action.CONSENT_SIGNED, consent, user, {"sha256": consent.form_sha256})
    return consent


def _attach(consent: Consent, form: Any) -> None:
    digest = hashlib.sha256()
    for chunk in form.chunks():
        digest.update(chunk)
    form.seek(0)
    consent.form, consent.form_sha256 = form, digest.hexdigest()


@transaction.atomic
def withdraw_consent(
    *, consent: Consent, user, how: str, when: date | None = None, by: str = ""
) -> Consent:
    """Record that a person takes back her yes; from that day on it isn't valid.

    `how` is a `Consent.How`, `when` the day she said so (today), `by` who said it, if not herself.
    One person may do it, and nothing stands in its way: doing it again changes nothing. Sends
    `consent_withdrawn` inside the transaction. Raises ValidationError for a day in the future or
    a consent that was never recorded.
    """
    hold()
    consent = Consent.objects.select_for_update().select_related("person").get(pk=consent.pk)
    when, today = when or timezone.localdate(), timezone.localdate()
    if consent.withdrawn_on is not None:
        return consent
    if consent.recorded_at is None:
        raise ValidationError(_("Phiếu này chưa được ghi nhận nên chưa có gì để rút lại."))
    if when > today:
        raise ValidationError({"when": _("Ngày rút lại không được ở tương lai.")})
    consent.withdrawn_on, consent.withdrawn_how = when, Consent.How(how)
    consent.withdrawn_by = names.tidy(by)
    consent.withdrawal_recorded_by, consent.withdrawal_recorded_at = user, timezone.now()
    consent.save()
    data = {"person": str(consent.person.uuid), "how": str(how), "when": when.isoformat()}
    _on_record(Action.CONSENT_WITHDRAWN, consent, user, data)
    consent_withdrawn.send(sender=Consent, consent=consent, user=user)
    return consent


def hold() -> None:
    """Until the caller's transaction ends, nobody takes back a consent.

    For a release: it asks after this, and either sees a withdrawal or is public when the withdrawal
    looks for what to close. The lock is the audit trail's, which every act takes first.
    """
    audit.lock()


@transaction.atomic
def set_depicted(
    *, picture, people: Iterable[Person], orders: Mapping[int, int | None] | None = None, user=None
) -> None:
    """Make exactly these the people in the picture.

    `orders` maps ids of people to their places, counted from the left; where it says nothing, a
    person stays where she was. Where the picture is public, what must follow for those who are new
    in it follows at once.
    """
    hold()
    wanted = {person.pk: person for person in people}
    rows = {row.person_id: row for row in Depiction.objects.filter(picture=picture)}
    placed = {pk: row.order for pk, row in rows.items() if pk in wanted} | {
        pk: order for pk, order in (orders or {}).items() if pk in wanted
    }
    moved = [row for pk, row in rows.items() if pk in wanted and placed[pk] != row.order]
    if rows.keys() == wanted.keys() and not moved:
        return
    Depiction.objects.filter(picture=picture, person__in=rows.keys() - wanted.keys()).delete()
    for row in moved:
        row.order = placed[row.person_id]
    Depiction.objects.bulk_update(moved, ["order"])
    with LogContext(user=user or audit.acting()):
        Depiction.objects.bulk_create(
            Depiction(picture=picture, person=wanted[pk], order=placed.get(pk))
            for pk in sorted(wanted.keys() - rows.keys())
        )
    data = {"people": sorted(str(person.uuid) for person in wanted.values())}
    target = f"picture:{picture.uuid}"
    audit.record(action=Action.DEPICTED_CHANGED, target=target, actor=user, data=data)


def _on_record(action: Action, consent: Consent, user, data: dict) -> None:
    audit.record(action=action, target=f"consent:{consent.code}", actor=user, data=data)
