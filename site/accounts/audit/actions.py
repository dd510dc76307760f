from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """The acts on record. A code, once written, keeps its meaning: entries are never rewritten."""

    SIGNED_IN = "signed_in", _("Đăng nhập")
    SIGN_IN_FAILED = "sign_in_failed", _("Đăng nhập không được")
    USER_CREATED = "user_created", _("Tạo tài khoản")
    USER_CHANGED = "user_changed", _("Sửa tài khoản")
    USER_DELETED = "user_deleted", _("Xóa tài khoản")
    GROUP_CREATED = "group_created", _("Tạo nhóm")
    GROUP_DELETED = "group_deleted", _("Xóa nhóm")
    GROUPS_ADDED = "groups_added", _("Thêm vào nhóm")
    GROUPS_REMOVED = "groups_removed", _("Đưa ra khỏi nhóm")
    PERMISSIONS_ADDED = "permissions_added", _("Thêm quyền")
    PERMISSIONS_REMOVED = "permissions_removed", _("Bớt quyền")
    SUBMITTED = "submitted", _("Gửi duyệt")
    STEP_APPROVED = "step_approved", _("Duyệt một bước")
    STEP_RETURNED = "step_returned", _("Trả lại")
    REVIEW_CANCELED = "review_canceled", _("Rút khỏi quy trình duyệt")
    APPROVALS_VOIDED = "approvals_voided", _("Sửa bài, duyệt lại từ đầu")
    APPROVED = "approved", _("Phê duyệt")
    DEPUTY_NAMED = "deputy_named", _("Ủy quyền duyệt bài")
    DEPUTY_REVOKED = "deputy_revoked", _("Thôi ủy quyền duyệt bài")
    EMERGENCY_ASKED = "emergency_asked", _("Đề nghị đăng khẩn cấp")
    EMERGENCY_CONFIRMED = "emergency_confirmed", _("Xác nhận đăng khẩn cấp")
    EMERGENCY_REFUSED = "emergency_refused", _("Không đồng ý đăng khẩn cấp")
    EMERGENCY_REVIEWED = "emergency_reviewed", _("Xem lại đăng khẩn cấp")
    RELEASED = "released", _("Phát hành")
    WITHDRAWN = "withdrawn", _("Gỡ khỏi trang công khai")
    MEDIA_DELETED = "media_deleted", _("Xóa ảnh, tài liệu")
    KEY_CREATED = "key_created", _("Cấp khóa báo chí")
    KEY_REVOKED = "key_revoked", _("Thu hồi khóa báo chí")
    PERSON_CREATED = "person_created", _("Ghi tên một người")
    PERSON_CHANGED = "person_changed", _("Sửa thông tin một người")
    DEPICTED_CHANGED = "depicted_changed", _("Sửa người trong ảnh")
    CONSENT_RECORDED = "consent_recorded", _("Ghi nhận sự đồng ý")
    CONSENT_SIGNED = "consent_signed", _("Lưu phiếu đồng ý đã ký")
    CONSENT_WITHDRAWN = "consent_withdrawn", _("Rút lại sự đồng ý")
