"""Forms of the screens of people and consents."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from media.intake import scans
from media.people import permissions
from media.people.models import Consent, Person
from media.people.purposes import Purpose, Scope
from media.people.selectors import near_same
from media.people.widgets import PersonChooser
from media.stores.base import refuse_when_down

FORM_ACCEPT = "application/pdf,image/jpeg,image/png,image/heic,image/heif,.heic,.heif"
FORM_SIZE = 15 * 1024 * 1024
FIRST_YEAR = 1900


class DayInput(forms.DateInput):
    """The browser's own calendar; days go in and out as ISO."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class UnitField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Collection) -> str:
        return obj.name.rsplit(" [", 1)[0]


class PersonForm(forms.ModelForm):
    """A new or known person, kept in a unit's collection.

    A name that someone of the collection nearly has is pointed out once; saved again, it is taken.
    """

    collection = UnitField(
        label=_("Đơn vị"), queryset=Collection.objects.none(), empty_label=_("Chọn đơn vị")
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Person
        fields = (
            "name",
            "collection",
            "born",
            "under_age",
            "guardian",
            "phone",
            "address",
            "notes",
        )
        widgets = {"notes": forms.Textarea(attrs={"rows": 3}), "guardian": PersonChooser}

    def __init__(self, *args, user, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # A collection of collections is no unit: who is kept there is nobody's.
        offered = permissions.collections_to_add_to(user).filter(numchild=0)
        if self.instance.pk:
            offered = offered | Collection.objects.filter(pk=self.instance.collection_id)
        field = self.fields["collection"]
        field.queryset = offered
        only = offered.get() if offered.count() == 1 else None
        if only:
            field.widget = forms.HiddenInput()
        if only or not self.instance.pk:
            # Not the field's own: a new record brings the root along, and that would count.
            self.initial["collection"] = only and only.pk
        if "guardian" in self.fields:
            guardians = permissions.visible(user).exclude(pk=self.instance.pk)
            self.fields["guardian"].queryset = guardians

    def clean_born(self) -> int | None:
        born = self.cleaned_data["born"]
        if born is not None and not FIRST_YEAR <= born <= timezone.localdate().year:
            raise forms.ValidationError(_("Năm sinh không đúng. Hãy ghi đủ bốn chữ số."))
        return born

    def clean(self) -> dict:
        data = super().clean()
        guardian = data.get("guardian")
        if guardian and guardian.is_minor():
            self.add_error("guardian", _("Người giám hộ phải đủ 18 tuổi."))
        if not self.errors and {"name", "collection"} & set(self.changed_data):
            self._point_out(data)
        return data

    def _point_out(self, data: dict) -> None:
        found = near_same(data["name"], data["collection"].pk, self.instance.pk)
        seen = ",".join(str(person.pk) for person in found)
        if not found or data.get("seen") == seen:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = seen
        names = ", ".join(
            f"{person.name} ({person.born})" if person.born else person.name for person in found
        )
        self.add_error(
            "name",
            forms.ValidationError(
                _(
                    "Đơn vị đã có người tên gần giống: %(names)s. Nếu đúng là người đó, hãy dùng "
                    "tên đã có. Nếu là người khác, hãy bấm lưu lần nữa."
                ),
                code="near_same",
                params={"names": names},
            ),
        )


class NewPersonForm(PersonForm):
    """The few things asked while writing: the rest can be added later."""

    class Meta(PersonForm.Meta):
        fields = ("name", "collection", "born", "under_age")


class MergeForm(forms.Form):
    """Which other record is the same person's."""

    gone = forms.ModelChoiceField(
        label=_("Bản ghi thứ hai của cùng người này"),
        queryset=Person.objects.none(),
        widget=PersonChooser,
        help_text=_(
            "Bản ghi này sẽ nhập vào bản ghi đang mở. Bước sau cho xem cả hai trước khi gộp."
        ),
        error_messages={"required": _("Hãy chọn bản ghi thứ hai.")},
    )

    def __init__(self, *args, user, kept: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gone"].queryset = permissions.visible(user).exclude(pk=kept.pk)


class SignedForm(forms.Form):
    """A scan or photograph of the signed form."""

    form = forms.FileField(
        label=_("Phiếu đã ký"),
        help_text=_(
            "Ảnh chụp bằng điện thoại (JPEG, PNG, HEIC) hoặc bản quét PDF, nhiều nhất 15 MB."
        ),
        widget=forms.FileInput(attrs={"accept": FORM_ACCEPT}),
        error_messages={"empty": _("Tệp rỗng. Hãy chụp hoặc quét lại.")},
    )

    def clean_form(self) -> File | None:
        file = self.cleaned_data.get("form")
        if not file:
            return None
        if file.size > FORM_SIZE:
            raise forms.ValidationError(_("Tệp lớn hơn 15 MB. Hãy chụp lại ở cỡ nhỏ hơn."))
        refuse_when_down()
        return scans.taken_in(file)


class ConsentForm(SignedForm):
    """What the signed paper says."""

    purposes = forms.MultipleChoiceField(
        label=_("Được dùng ở"),
        choices=Purpose.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy đánh dấu ít nhất một nơi.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Được dùng những gì"),
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy đánh dấu ít nhất một mục.")},
    )
    relation = forms.CharField(
        label=_("Quan hệ của người giám hộ"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: mẹ, ông nội."),
    )
    taken_on = forms.DateField(label=_("Ngày ký"), widget=DayInput())
    valid_from = forms.DateField(label=_("Có hiệu lực từ"), widget=DayInput(), required=False)
    valid_to = forms.DateField(
        label=_("Đến hết ngày"),
        widget=DayInput(),
        required=False,
        help_text=_("Để trống nếu phiếu không ghi thời hạn."),
    )
    code = forms.ChoiceField(label=_("Mã in trên phiếu"), help_text=_("Mã PT-… ở góc phiếu đã ký."))
    field_order = [
        "code",
        "form",
        "scopes",
        "purposes",
        "relation",
        "taken_on",
        "valid_from",
        "valid_to",
    ]

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].required = False
        self.fields["form"].help_text = _(
            "Ảnh chụp (cả HEIC của điện thoại) hoặc bản quét PDF, nhiều nhất 15 MB. Chưa có thì "
            "bổ sung sau; sự đồng ý chỉ có hiệu lực khi đã lưu phiếu."
        )
        self.fields["taken_on"].initial = timezone.localdate()
        waiting = person.consents.filter(recorded_at=None).order_by("pk")
        self.fields["code"].choices = [(one.code, one.code) for one in waiting]
        if len(waiting) < 2:
            del self.fields["code"]  # nothing to mix up
        if person.is_minor():
            self.fields["relation"].required = True
        else:
            del self.fields["relation"]

    def clean(self) -> dict:
        data = super().clean()
        data["valid_from"] = data.get("valid_from") or data.get("taken_on")
        return data


class WithdrawForm(forms.Form):
    """Who took back what, how and when."""

    consents = forms.ModelMultipleChoiceField(
        label=_("Phiếu rút lại"),
        queryset=Consent.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một phiếu.")},
    )
    how = forms.ChoiceField(label=_("Rút lại bằng cách nào"), choices=Consent.How.choices)
    by = forms.CharField(
        label=_("Ai rút lại"),
        max_length=120,
        required=False,
        help_text=_("Để trống nếu chính người này, hoặc người giám hộ đã ký, rút lại."),
    )
    when = forms.DateField(label=_("Ngày rút lại"), widget=DayInput())

    def __init__(self, *args, person: Person, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        offered = person.consents.recorded().filter(withdrawn_on=None)
        self.fields["consents"].queryset = offered
        self.fields["consents"].initial = [consent.pk for consent in offered]
        self.fields["when"].initial = timezone.localdate()

    def clean_when(self) -> date:
        when = self.cleaned_data["when"]
        if when > timezone.localdate():
            raise forms.ValidationError(_("Ngày rút lại không được ở tương lai."))
        return when
