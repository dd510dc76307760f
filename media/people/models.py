"""Persons, what they agreed to, and in which pictures they are.

```mermaid
stateDiagram-v2
    [*] --> prepared: form printed
    prepared --> recorded: what she ticked
    recorded --> signed: signed form attached
    signed --> withdrawn
    recorded --> withdrawn
```
A consent is valid on a day when its signed form is attached, the day is within its dates, it isn't
withdrawn by then, and a minor's was given by a guardian: `ConsentQuerySet.valid` is that rule.
"""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import CollectionMember

from media.people import codes, names
from media.people.purposes import Purpose, Scope
from media.people.signals import now_shown
from media.storing import SafeFileField

MAJORITY = 18  # Civil Code 91/2015/QH13, article 20


def form_path(consent: Consent, filename: str) -> str:
    """Where a signed form is stored: nobody can guess it, and nothing of the person is in it."""
    suffix = filename.rsplit(".", 1)[-1].lower()[:5] if "." in filename else "bin"
    return f"consents/{uuid.uuid4().hex}.{suffix}"


class PersonQuerySet(models.QuerySet):
    def current(self) -> PersonQuerySet:
        """Those to choose from: not the records that were merged into another."""
        return self.filter(merged_into=None)

    def same_as(self, person: Person) -> PersonQuerySet:
        """Her record, and those that were merged into it: pictures and texts still name them."""
        itself = person.itself.pk
        return self.filter(Q(pk=itself) | Q(merged_into=itself))

    def minors(self, on: date) -> PersonQuerySet:
        return self.filter(Q(under_age=True) | Q(born__gte=on.year - MAJORITY))

    def found(self, text: str) -> PersonQuerySet:
        """By a consent's code, or by words of the name, with or without diacritics."""
        if code := codes.read(text):
            return self.filter(consents__code=code)
        for word in names.fold(text).split():
            self = self.filter(name_key__contains=word)
        return self


class Person(CollectionMember, models.Model):
    """Someone told of or shown: an exemplar, a relative, a bystander. Never public by itself."""

    uuid = models.UUIDField(_("mã"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("họ và tên"), max_length=120)
    name_key = models.CharField(max_length=120, editable=False, db_index=True)
    born = models.PositiveSmallIntegerField(
        _("năm sinh"), null=True, blank=True, help_text=_("Để trống nếu không biết.")
    )
    under_age = models.BooleanField(
        _("chưa đủ 18 tuổi"),
        default=False,
        help_text=_("Đánh dấu khi không biết năm sinh mà là trẻ em hoặc người chưa thành niên."),
    )
    guardian = models.ForeignKey(
        "self",
        verbose_name=_("người giám hộ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="wards",
        help_text=_("Cha, mẹ hoặc người giám hộ; cần có khi người này chưa đủ 18 tuổi."),
    )
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    address = models.CharField(_("nơi ở"), max_length=200, blank=True)
    notes = models.TextField(_("ghi chú"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("lập lúc"), auto_now_add=True)
    # A merged record stays, hidden: approved texts and old drafts hold its id.
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("đã gộp vào"),
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("người")
        verbose_name_plural = _("con người")
        ordering = ["name_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = names.tidy(self.name)
        self.name_key = names.fold(self.name)
        super().save(*args, **kwargs)

    @property
    def itself(self) -> Person:
        """The record that stands for her."""
        return self.merged_into or self

    @property
    def unit_name(self) -> str:
        """Of the collection, without the code that ends its name."""
        return self.collection.name.rsplit(" [", 1)[0]

    def is_minor(self, on: date | None = None) -> bool:
        """Not surely of age on that day: with the year alone, until that year's end."""
        on = on or timezone.localdate()
        return self.under_age or (self.born is not None and self.born >= on.year - MAJORITY)


class ConsentQuerySet(models.QuerySet):
    """Reads; what is recorded isn't changed or deleted past the model's own rules."""

    def update(self, **kwargs):
        raise PermissionDenied(_("Không sửa được bản ghi đồng ý."))

    def delete(self):
        raise PermissionDenied(_("Không xóa được bản ghi đồng ý."))

    def recorded(self) -> ConsentQuerySet:
        return self.exclude(recorded_at=None)

    def standing(self, on: date) -> ConsentQuerySet:
        """All of the rule but the dates of validity, which may lie ahead or be over."""
        minor = Q(person__under_age=True) | Q(person__born__gte=on.year - MAJORITY)
        return (
            self.recorded()
            .exclude(form="")
            .exclude(giver=None)
            .filter(Q(withdrawn_on=None) | Q(withdrawn_on__gt=on))
            .exclude(minor & Q(giver=F("person")))
        )

    def valid(self, on: date) -> ConsentQuerySet:
        """Those that are a yes on that day."""
        ends = Q(valid_to=None) | Q(valid_to__gte=on)
        return self.standing(on).filter(ends, valid_from__lte=on)


class Consent(models.Model):
    """One form that a person, or a minor's guardian, signed. `form` is served to staff alone."""

    class How(models.TextChoices):
        IN_PERSON = "in_person", _("Nói trực tiếp")
        PHONE = "phone", _("Gọi điện thoại")
        LETTER = "letter", _("Gửi đơn, thư")
        MESSAGE = "message", _("Nhắn tin, thư điện tử")
        OTHER = "other", _("Cách khác")

    person = models.ForeignKey(
        Person, verbose_name=_("người"), on_delete=models.PROTECT, related_name="consents"
    )
    code = models.CharField(_("mã phiếu"), max_length=12, unique=True, editable=False)
    for_website = models.BooleanField(Purpose.WEBSITE.label, default=False)
    for_newspaper = models.BooleanField(Purpose.NEWSPAPER.label, default=False)
    for_radio_tv = models.BooleanField(Purpose.RADIO_TV.label, default=False)
    for_central = models.BooleanField(Purpose.CENTRAL.label, default=False)
    for_bulletin = models.BooleanField(Purpose.BULLETIN.label, default=False)
    covers_name = models.BooleanField(Scope.NAME.label, default=False)
    covers_portrait = models.BooleanField(Scope.PORTRAIT.label, default=False)
    covers_story = models.BooleanField(Scope.STORY.label, default=False)
    covers_voice = models.BooleanField(Scope.VOICE.label, default=False)
    form = SafeFileField(
        _("phiếu đã ký"), upload_to=form_path, max_length=200, blank=True, default=""
    )
    form_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    giver = models.ForeignKey(
        Person,
        verbose_name=_("người đồng ý"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consents_given",
    )
    giver_relation = models.CharField(
        _("quan hệ"),
        max_length=60,
        blank=True,
        help_text=_("Của người giám hộ với người được giới thiệu, ví dụ: mẹ."),
    )
    taken_on = models.DateField(_("ký ngày"), null=True, blank=True)
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_to = models.DateField(
        _("đến hết ngày"), null=True, blank=True, help_text=_("Để trống nếu không có thời hạn.")
    )
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người ghi nhận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("lập lúc"), auto_now_add=True)
    recorded_at = models.DateTimeField(_("ghi nhận lúc"), null=True, blank=True)
    withdrawn_on = models.DateField(_("rút lại ngày"), null=True, blank=True)
    withdrawn_how = models.CharField(
        _("rút lại bằng cách nào"), max_length=12, choices=How.choices, blank=True
    )
    withdrawn_by = models.CharField(_("ai rút lại"), max_length=120, blank=True)
    withdrawal_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người ghi việc rút lại"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawal_recorded_at = models.DateTimeField(_("ghi việc rút lại lúc"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    ADDABLE = frozenset({"form", "form_sha256"})
    OF_WITHDRAWAL = frozenset(
        {
            "withdrawn_on",
            "withdrawn_how",
            "withdrawn_by",
            "withdrawal_recorded_by_id",
            "withdrawal_recorded_at",
        }
    )

    class Meta:
        verbose_name = _("sự đồng ý")
        verbose_name_plural = _("sự đồng ý")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["valid_to"], name="consent_valid_to")]

    def __str__(self) -> str:
        return self.code

    def save(self, *args, **kwargs) -> None:
        """Once recorded, only the form is added and the withdrawal written, each once.

        Raises PermissionDenied for any other change.
        """
        if not self.code:
            self.code = codes.new()
        stored = self.pk and type(self)._base_manager.filter(pk=self.pk).first()
        if stored and stored.recorded_at is not None:
            self._only_adds(stored)
        super().save(*args, **kwargs)

    def _only_adds(self, stored: Consent) -> None:
        changed = {
            field.attname
            for field in self._meta.concrete_fields
            if getattr(self, field.attname) != getattr(stored, field.attname)
        }
        allowed = set() if stored.form else set(self.ADDABLE)
        allowed |= set() if stored.withdrawn_on else set(self.OF_WITHDRAWAL)
        if changed - allowed:
            raise PermissionDenied(
                _("Sự đồng ý đã ghi nhận không sửa được. Hãy ghi nhận một phiếu mới.")
            )

    def delete(self, *args, **kwargs):
        raise PermissionDenied(_("Không xóa được bản ghi đồng ý."))

    @property
    def purposes(self) -> frozenset[str]:
        return frozenset(one for one in Purpose.values if getattr(self, f"for_{one}"))

    @property
    def scopes(self) -> frozenset[str]:
        return frozenset(one for one in Scope.values if getattr(self, f"covers_{one}"))

    def runs_on(self, day: date) -> bool:
        """Whether the day is within the dates of validity."""
        begun = self.valid_from is not None and self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


class DepictionQuerySet(models.QuerySet):
    def bulk_create(self, objs, *args, **kwargs):
        made = super().bulk_create(objs, *args, **kwargs)
        now_shown.send(sender=Depiction, depictions=made)
        return made


class Depiction(models.Model):
    """Who can be recognised in a picture. Each way of writing one sends `now_shown`."""

    picture = models.ForeignKey(
        "media.Picture", verbose_name=_("ảnh"), on_delete=models.CASCADE, related_name="depictions"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("người"), on_delete=models.PROTECT, related_name="depictions"
    )
    order = models.PositiveSmallIntegerField(
        _("thứ mấy từ trái sang"),
        null=True,
        blank=True,
        help_text=_("Nhiều hàng thì đếm hết hàng trước rồi đến hàng sau."),
    )

    objects = DepictionQuerySet.as_manager()

    # Wagtail's index of references tells who uses a picture: who is in it doesn't.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("người trong ảnh")
        verbose_name_plural = _("người trong ảnh")
        constraints = [models.UniqueConstraint(fields=["picture", "person"], name="depiction_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.picture_id}"

    @transaction.atomic
    def save(self, *args, **kwargs) -> None:
        super().save(*args, **kwargs)
        now_shown.send(sender=type(self), depictions=[self])


class ExpiryNotice(models.Model):
    """That a unit was told of a consent's end, so many days ahead: nobody is told twice."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="notices")
    days = models.PositiveSmallIntegerField(_("báo trước số ngày"))
    sent_on = models.DateField(_("báo ngày"))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("lần báo hết hạn")
        verbose_name_plural = _("lần báo hết hạn")
        constraints = [
            models.UniqueConstraint(fields=["consent", "days"], name="expiry_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.consent_id}: {self.days}"
