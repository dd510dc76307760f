"""What a person can agree to: where (purposes), and what of her (scope)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """Where it appears. The values are part of what press clients read: they stay."""

    WEBSITE = "website", _("Trang web của Hội và kho lưu trữ")
    NEWSPAPER = "newspaper", _("Báo in, báo điện tử")
    RADIO_TV = "radio_tv", _("Phát thanh, truyền hình")
    CENTRAL = "central", _("Trung ương Hội LHPN Việt Nam")
    BULLETIN = "bulletin", _("Bản tin in “Thông tin phụ nữ Phú Thọ”")


class Scope(models.TextChoices):
    NAME = "name", _("Họ tên")
    PORTRAIT = "portrait", _("Hình ảnh")
    STORY = "story", _("Câu chuyện")
    VOICE = "voice", _("Giọng nói")


SHOWN = frozenset({Scope.PORTRAIT})  # what showing someone takes
NAMED = frozenset({Scope.NAME, Scope.STORY})  # what naming and telling of someone takes
EVERYWHERE = sorted(Purpose.values)
