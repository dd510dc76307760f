"""What waits for Ban Tuyên giáo, filtered; longest waiting first."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from stories.moderation import permissions
from stories.moderation.deadlines import late_before
from stories.moderation.models import BoardApprovalTask, Claim, ReviewState
from stories.moderation.models.tasks import in_revision
from stories.pages.desk.rows import listed
from stories.pages.models import TargetGroup
from stories.units.models import Unit

PER_PAGE = 50


def waiting() -> QuerySet[ReviewState]:
    """Every review under way at Ban Tuyên giáo's step."""
    return ReviewState.objects.filter(
        task__in=BoardApprovalTask.objects.values("pk"), status=TaskState.STATUS_IN_PROGRESS
    )


class Filters(forms.Form):
    """The queue's filters; what isn't understood filters nothing."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Đơn vị"), required=False, empty_label=_("Mọi đơn vị")
    )
    group = forms.ModelChoiceField(
        TargetGroup.objects.all(), label=_("Nhóm"), required=False, empty_label=_("Mọi nhóm")
    )
    time = forms.ChoiceField(
        label=_("Thời gian chờ"),
        required=False,
        choices=[
            ("", _("Bất kỳ")),
            ("late", _("Đã quá hạn")),
            ("3", _("Từ 3 ngày")),
            ("7", _("Từ 7 ngày")),
        ],
    )
    claimed = forms.ChoiceField(
        label=_("Ai đang duyệt"),
        required=False,
        choices=[("", _("Bất kỳ")), ("me", _("Tôi")), ("nobody", _("Chưa ai"))],
    )
    checks = forms.ChoiceField(
        label=_("Kiểm tra"),
        required=False,
        choices=[
            ("", _("Bất kỳ")),
            ("clean", _("Không có gì phải xem")),
            ("amber", _("Có điều cần xem")),
            ("red", _("Có điều phải sửa")),
        ],
    )

    def __init__(self, data) -> None:
        super().__init__(data)
        there = waiting().annotate(unit=in_revision("unit")).values("unit")
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=there)

    @property
    def chosen(self) -> dict:
        """The filters understood and set."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def queue(filters: Filters, user) -> QuerySet[ReviewState]:
    """The reviews that the filters let through, ready for `rows`, with `is_own`."""
    found = permissions.with_authorship(listed(waiting()), user)
    chosen = filters.chosen
    if unit := chosen.get("unit"):
        found = found.filter(unit=unit.pk)
    if group := chosen.get("group"):
        found = found.filter(group=group.pk)
    if time := chosen.get("time"):
        found = found.filter(started_at__lt=_before(time))
    held = Claim.objects.in_force().filter(state_id=OuterRef("pk"))
    match chosen.get("claimed"):
        case "me":
            found = found.filter(Exists(held.filter(user=user)))
        case "nobody":
            found = found.filter(~Exists(held))
    match chosen.get("checks"):
        case "clean":
            found = found.filter(red=0, amber=0)
        case "amber":
            found = found.filter(red=0, amber__gt=0)
        case "red":
            found = found.filter(red__gt=0)
    return found.order_by("started_at", "pk")


def _before(time: str):
    """The moment before which a review began to be among those that wait so long."""
    if time == "late":
        return late_before(BoardApprovalTask.objects.values_list("days", flat=True).first() or 0)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=int(time) - 1)


def count() -> int:
    return waiting().count()
