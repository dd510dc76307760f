"""Who publishes, on which terms, and the schemes of our codes: the constants every face shares."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

PUBLISHER = "Hội Liên hiệp Phụ nữ tỉnh Phú Thọ"
SOURCE = "Hội LHPN tỉnh Phú Thọ"  # as the press is asked to name us
COLUMN = "Phụ nữ Đất Tổ"
COLUMN_SUBTITLE = "Gương người tốt, việc tốt của phụ nữ Đất Tổ"
COLUMN_PATH = "/phu-nu-dat-to/"
HUB_PATH = "/websub/"
USAGE_TERMS = (
    f"Được đăng lại miễn phí nguyên văn, ghi nguồn “{SOURCE}” và tên tác giả; "
    "khi có tin đính chính hoặc thu hồi phải sửa, gỡ theo."
)
WITHDRAWN = frozenset({"withheld", "canceled"})
STATUS = {"withheld": "Tạm gỡ", "canceled": "Thu hồi", "correction": "Đính chính"}
VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
JPEG = "image/jpeg"
PRESS_RENDITION = "press"  # JPEG; newsroom systems skip WebP without a word


def scheme(base: str, name: str) -> str:
    """Address of one of our vocabularies (`unit`, `group`, `content`, …); an identifier."""
    return f"{base}/id/scheme/{name}"


def absolute(href: str, base: str) -> str:
    """An address of ours made absolute; a foreign one as it is."""
    return f"{base}{href}" if href.startswith("/") and not href.startswith("//") else href


def rendition(picture: dict, name: str = PRESS_RENDITION) -> dict | None:
    """The named rendition of a picture of the payload, or None."""
    return next((r for r in picture.get("renditions", ()) if r["name"] == name), None)


def lead_picture(payload: dict) -> dict | None:
    """The payload's picture that stands for it, or None."""
    lead = payload.get("lead_picture")
    return next((p for p in payload.get("pictures", ()) if p["uuid"] == lead), None)


def embargo(payload: dict) -> str:
    """“CẤM SỬ DỤNG TRƯỚC 08:00 ngày 20/11/2026 (giờ Việt Nam)” for what is sent early, else empty.

    In plain words as well as in the format's own field: not every newsroom's software knows that.
    """
    if not (moment := payload.get("embargoed")):
        return ""
    return f"CẤM SỬ DỤNG TRƯỚC {local(moment)} (giờ Việt Nam)"


def local(moment: str) -> str:
    """“08:00 ngày 20/11/2026” in Việt Nam, of a payload's moment."""
    at = datetime.fromisoformat(moment).astimezone(VIET_NAM)
    return f"{at:%H:%M} ngày {at:%d/%m/%Y}"


def note(payload: dict) -> str:
    """What editors of a newsroom have to know first: the embargo, then what was changed and why."""
    parts = (embargo(payload), payload.get("note") or "")
    return ". ".join(part for part in parts if part)


def headline(payload: dict) -> str:
    """The title; a canceled item's begins with THU HỒI whatever the notice's own title says.

    For clients that know no status: the headline is all that tells them.
    """
    title = payload["title"]
    if payload["kind"] == "canceled" and not title.upper().startswith("THU HỒI"):
        return f"THU HỒI: {title}"
    return title
