"""“Nhật ký” under Báo cáo: the audit trail to read, filter and take along as CSV."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput

from accounts.audit.actions import Action
from accounts.audit.models import AuditEntry
from accounts.permissions import may_read_audit


class AuditFilterSet(WagtailFilterSet):
    actor = django_filters.CharFilter(label=_("Người làm (tên tài khoản)"))
    action = django_filters.MultipleChoiceFilter(
        label=_("Việc"), choices=Action.choices, widget=forms.CheckboxSelectMultiple
    )
    since = django_filters.DateFilter(
        label=_("Từ ngày"), field_name="at", lookup_expr="date__gte", widget=AdminDateInput
    )
    until = django_filters.DateFilter(
        label=_("Đến ngày"), field_name="at", lookup_expr="date__lte", widget=AdminDateInput
    )

    class Meta:
        model = AuditEntry
        fields = ("actor", "action", "since", "until")


class AuditReport(ReportView):
    """`/quan-tri/reports/nhat-ky/`: newest first. 403 for whoever may not read it."""

    page_title = _("Nhật ký")
    header_icon = "history"
    model = AuditEntry
    filterset_class = AuditFilterSet
    index_url_name = "audit_report"
    index_results_url_name = "audit_report_results"
    results_template_name = "accounts/audit/results.html"
    list_export = ("seq", "at", "actor", "action_label", "target", "data", "previous", "sha256")
    export_headings = {
        "seq": _("Số"),
        "at": _("Lúc"),
        "actor": _("Người làm"),
        "action_label": _("Việc"),
        "target": _("Đối tượng"),
        "data": _("Chi tiết"),
        "previous": _("Mã băm dòng trước"),
        "sha256": _("Mã băm"),
    }

    def dispatch(self, request, *args: Any, **kwargs: Any):
        if not may_read_audit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[AuditEntry]:
        return AuditEntry.objects.order_by("-seq")

    def get_filename(self) -> str:
        return "nhat-ky"
