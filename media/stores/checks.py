"""System check: settings of the object store that are half given."""

from __future__ import annotations

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _

NEEDED = {"bucket_name": "S3_BUCKET", "access_key": "S3_ACCESS_KEY", "secret_key": "S3_SECRET_KEY"}


@register
def bucket_is_fully_named(app_configs, **kwargs) -> list[Error]:
    given = settings.STORAGES["default"].get("OPTIONS", {})
    if "bucket_name" not in given:
        return []
    found = []
    if missing := [name for option, name in NEEDED.items() if not given.get(option)]:
        found.append(
            Error(
                _("Kho tệp S3 mới được khai báo một phần. Còn thiếu: %(names)s.")
                % {"names": ", ".join(missing)},
                hint=_(
                    "Hãy đặt đủ các biến môi trường này, hoặc bỏ hết các biến S3_… để lưu tệp "
                    "trên đĩa của máy."
                ),
                id="media.E001",
            )
        )
    address = given.get("endpoint_url") or ""
    if address and not address.startswith(("http://", "https://")):
        found.append(
            Error(
                _("S3_ENDPOINT_URL phải bắt đầu bằng https:// hoặc http://."),
                hint=_("Ví dụ: S3_ENDPOINT_URL=https://kho.example.vn:9000"),
                id="media.E002",
            )
        )
    return found
