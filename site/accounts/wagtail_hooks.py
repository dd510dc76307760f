from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.audit.views import AuditReport
from accounts.notices import hooks as notices_hooks  # noqa: F401 (registers its own)
from accounts.permissions import may_read_audit


class AuditMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return may_read_audit(request.user)


@hooks.register("register_admin_urls")
def urls() -> list:
    return [
        path("reports/nhat-ky/", AuditReport.as_view(), name="audit_report"),
        path(
            "reports/nhat-ky/results/",
            AuditReport.as_view(results_only=True),
            name="audit_report_results",
        ),
    ]


@hooks.register("register_reports_menu_item")
def audit_item() -> AuditMenuItem:
    return AuditMenuItem(
        _("Nhật ký"), reverse("audit_report"), name="audit", icon_name="history", order=1000
    )
