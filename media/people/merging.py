"""Two records of one person become one; a record on which nothing hangs is deleted.

| of the record that is merged | becomes |
| --- | --- |
| consents, printed forms, wards | the kept one's |
| what the kept one doesn't know: birth year, guardian, telephone, … | the kept one's |
| pictures, texts, approvals that hold its id | stay; whoever asks finds the kept one |
| the record itself | hidden, for those ids; its telephone, address and notes are emptied |

Her no on either record holds for both: what she agreed to on the other before that day counts as
taken back with it, and what is public by it goes at once.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from accounts.audit import services as audit
from accounts.audit.actions import Action
from accounts.deletion import is_held
from media.people import services
from media.people.models import Consent, Depiction, Person
from media.people.selectors import last_no, pages_naming
from media.people.signals import merged

FILLED = ("born", "guardian_id", "phone", "address", "notes")
EMPTIED = ("phone", "address", "notes")


def obstacle(kept: Person, gone: Person) -> str:
    """Why these two can't be merged as they are, in Vietnamese; "" if they can."""
    if kept.pk == gone.pk:
        return _("Hãy chọn một bản ghi khác với bản ghi này.")
    if kept.merged_into_id or gone.merged_into_id:
        return _("Một trong hai bản ghi đã được gộp trước đó.")
    if kept.born and gone.born and kept.born != gone.born:
        return _(
            "Năm sinh ở hai bản ghi khác nhau. Nếu đúng là một người, hãy sửa năm sinh cho đúng "
            "trước khi gộp."
        )
    if {kept.guardian_id, gone.guardian_id} & {kept.pk, gone.pk}:
        return _("Một người đang được ghi là người giám hộ của người kia, nên là hai người.")
    guardians = {kept.guardian_id, gone.guardian_id} - {None}
    if len(guardians) > 1:
        return _(
            "Người giám hộ ở hai bản ghi khác nhau. Hãy sửa cho giống nhau, hoặc gộp hai bản ghi "
            "của người giám hộ trước."
        )
    return ""


def taken_back(kept: Person, gone: Person) -> list[tuple[Consent, Consent]]:
    """(a yes of one, the later no of the other): what merging takes back."""
    found = []
    for one, other in ((kept, gone), (gone, kept)):
        no = last_no(one)
        if no is not None:
            yes = other.consents.recorded().filter(withdrawn_on=None, taken_on__lte=no.withdrawn_on)
            found += [(consent, no) for consent in yes.order_by("pk")]
    return found


@transaction.atomic
def merge(*, kept: Person, gone: Person, user) -> Person:
    """Make `gone` a part of `kept`. Raises ValidationError with `obstacle`'s words.

    Sends `merged` inside the transaction.
    """
    services.hold()
    locked = Person.objects.select_for_update().in_bulk(sorted({kept.pk, gone.pk}))
    kept, gone = locked[kept.pk], locked[gone.pk]
    if why := obstacle(kept, gone):
        raise ValidationError(why)
    back = taken_back(kept, gone)
    codes = list(gone.consents.order_by("pk").values_list("code", flat=True))
    # Past the manager, which changes no consent: whose it is, not what it says.
    Consent._base_manager.filter(person=gone).update(person=kept)
    Consent._base_manager.filter(giver=gone).update(giver=kept)
    wards = Person.objects.filter(guardian=gone).update(guardian=kept)
    Person.objects.filter(merged_into=gone).update(merged_into=kept)
    _fill(kept, gone)
    data = {"merged": str(gone.uuid), "consents": codes, "wards": wards}
    audit.record(action=Action.PERSON_MERGED, target=f"person:{kept.uuid}", actor=user, data=data)
    for consent, no in back:
        _take_back(consent, no, user)
    merged.send(sender=Person, person=kept, user=user)
    return kept


def _fill(kept: Person, gone: Person) -> None:
    for name in FILLED:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    kept.under_age = kept.under_age or gone.under_age
    kept.save()
    for name in EMPTIED:
        setattr(gone, name, "")
    gone.merged_into, gone.guardian = kept, None
    gone.save()


def _take_back(consent: Consent, no: Consent, user) -> None:
    services.withdraw_consent(
        consent=consent,
        user=user,
        how=no.withdrawn_how,
        when=_no_later(no.withdrawn_on),
        by=_("cùng phiếu %(code)s, khi gộp hai bản ghi") % {"code": no.code},
    )


def _no_later(day: date) -> date:
    return min(day, timezone.localdate())


def holders(person: Person) -> list[str]:
    """What keeps the person from being deleted, in Vietnamese; nothing for one who can be."""
    counts = {
        _("%(n)d phiếu đồng ý đã ghi nhận"): person.consents.recorded().count(),
        _("%(n)d phiếu đồng ý mà người này ký thay"): person.consents_given.exclude(
            person=person
        ).count(),
        _("%(n)d người mà người này giám hộ"): person.wards.count(),
        _("%(n)d ảnh có mặt người này"): Depiction.objects.filter(person=person).count(),
        _("%(n)d bản ghi đã gộp vào đây"): person.merged.count(),
    }
    found = [words % {"n": n} for words, n in counts.items() if n]
    pages = pages_naming(person).count() or _in_drafts(person)
    if pages:
        found.append(_("%(n)d bài có nêu tên, kể cả bản nháp và bản cũ") % {"n": pages})
    return found


def _in_drafts(person: Person) -> int:
    """Pages of which any revision names her: one that is opened again must find her record."""
    said = Revision.page_revisions.annotate(text=Cast("content", TextField()))
    key = f'"person": {person.pk}'
    found = said.filter(text__contains=f"{key},") | said.filter(text__contains=f"{key}}}")
    return found.values("object_id").distinct().count()


@transaction.atomic
def delete(*, person: Person, user) -> None:
    """Delete a record on which nothing hangs; a form that was printed and never recorded goes too.

    Raises ValidationError that says what holds it.
    """
    services.hold()
    person = Person.objects.select_for_update().get(pk=person.pk)
    if held := holders(person):
        raise ValidationError(_("Không xóa được, vì còn: %(held)s.") % {"held": "; ".join(held)})
    unrecorded = Consent._base_manager.filter(person=person, recorded_at=None, form="")
    unrecorded._raw_delete(unrecorded.db)
    if is_held([person]):
        raise ValidationError(_("Không xóa được, vì nơi khác còn dùng bản ghi này."))
    target = f"person:{person.uuid}"
    data = {"collection": person.collection_id}
    person.delete()
    audit.record(action=Action.PERSON_DELETED, target=target, actor=user, data=data)
