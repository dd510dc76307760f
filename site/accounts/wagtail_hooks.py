from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.audit.views import AuditReport
from accounts.deletion import is_held
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


@hooks.register("before_delete_user")
def who_acted_stays(request, user):
    """Approvals, consents and links name their people for good: such an account is closed."""
    if request.method == "POST" and is_held([user]):
        said = gettext(
            "Tài khoản này đã ghi tên trong hồ sơ duyệt bài hoặc sự đồng ý nên không xóa được. "
            "Hãy bỏ dấu “Đang hoạt động” để khóa tài khoản."
        )
        messages.error(request, said)
        return redirect("wagtailusers_users:edit", user.pk)
    return None


@hooks.register("before_bulk_action")
def who_acted_stays_among_many(request, action_type, objects, action):
    """The same for several at once: none of them is deleted, and those who stay are named."""
    if action.model is not get_user_model() or action_type != "delete":
        return None
    held = [user for user in objects if is_held([user])]
    if not held:
        return None
    said = gettext(
        "Chưa xóa tài khoản nào. Những tài khoản sau đã ghi tên trong hồ sơ duyệt bài hoặc sự đồng "
        "ý nên không xóa được: %(names)s. Hãy bỏ dấu “Đang hoạt động” để khóa các tài khoản ấy."
    )
    messages.error(request, said % {"names": ", ".join(user.get_username() for user in held)})
    return redirect("wagtailusers_users:index")
