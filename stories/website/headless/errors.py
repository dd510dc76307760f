"""What the operations raise beside `accounts.refusals`: about previews of drafts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.refusals import ApiError

# Nothing of a preview, and no word about one, is kept anywhere.
PRIVATE = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}


class _Closed(ApiError):
    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers=PRIVATE)


class NoPreview(_Closed):
    """403: not a preview link of ours, or its maker may no longer show this draft."""

    status = 403
    code = "preview-refused"
    title = _("Không xem trước được")


class PreviewOver(_Closed):
    """410: the preview link has run out, or what it showed is no draft any more."""

    status = 410
    code = "preview-over"
    title = _("Liên kết xem trước đã hết hiệu lực")
