from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a notice is about. A kind outside every topic is always mailed, at once."""

    REVIEW_WANTED = "review_wanted", _("Bài chờ duyệt")
    REMINDER = "reminder", _("Nhắc bài quá hạn")
    ESCALATION = "escalation", _("Bài quá hạn, báo cấp trên")
    RETURNED = "returned", _("Bài được trả lại")
    PUBLISHED = "published", _("Bài được đăng")
    COMMENT = "comment", _("Góp ý")
    BUNDLE = "bundle", _("Chùm bài")
    EMERGENCY = "emergency", _("Đăng khẩn cấp")
    DEPUTY = "deputy", _("Ủy quyền")
    CONSENT = "consent", _("Sự đồng ý sắp hết hạn")
    TAKEDOWN = "takedown", _("Gỡ bài")
    UNAGREED = "unagreed", _("Đang công khai mà chưa có đồng ý")
    PRESS = "press", _("Báo chí chưa nhận được tin")
    QUESTION = "question", _("Báo chí hỏi")


class Topic(models.TextChoices):
    """Kinds that people choose about together."""

    REVIEW = "review", _("Bài chờ tôi duyệt, nhắc bài quá hạn")
    RETURNED = "returned", _("Bài được trả lại để sửa")
    PUBLISHED = "published", _("Bài được duyệt và đăng")
    COMMENT = "comment", _("Góp ý về bài")
    DUTY = "duty", _("Đăng khẩn cấp, chùm bài, ủy quyền duyệt")
    CONSENT = "consent", _("Sự đồng ý sắp hết hạn")

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return KINDS[self]


KINDS: dict[Topic, tuple[Kind, ...]] = {
    Topic.REVIEW: (Kind.REVIEW_WANTED, Kind.REMINDER, Kind.ESCALATION),
    Topic.RETURNED: (Kind.RETURNED,),
    Topic.PUBLISHED: (Kind.PUBLISHED,),
    Topic.COMMENT: (Kind.COMMENT,),
    Topic.DUTY: (Kind.EMERGENCY, Kind.BUNDLE, Kind.DEPUTY),
    Topic.CONSENT: (Kind.CONSENT,),
}
TOPICS: dict[str, Topic] = {kind.value: topic for topic, kinds in KINDS.items() for kind in kinds}


class Mode(models.TextChoices):
    """How a person wants the mails of a topic; what is told is in the admin in any case."""

    AT_ONCE = "at_once", _("Gửi ngay từng thư")
    DIGEST = "digest", _("Gộp vào một thư mỗi sáng")
    NONE = "none", _("Không gửi thư")
