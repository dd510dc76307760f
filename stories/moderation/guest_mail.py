"""A review link's address, and the mail that carries it.

The address holds the link's id and the moment it runs out, signed with a salt of its own. It is a
key: whoever has it can answer. So it is stored nowhere and written to no log.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse

from stories.moderation.models.review_link import ReviewLink

logger = logging.getLogger(__name__)

# “.” keeps the address one link in chats, which end it at a colon.
_signer = Signer(salt="stories.moderation.review_link", sep=".")


def token(link: ReviewLink) -> str:
    return _signer.sign_object([link.pk, _ends(link)])


def find(text: str) -> ReviewLink | None:
    """The link of that token, whatever became of it; None for a token that isn't ours."""
    try:
        pk, ends = _signer.unsign_object(text)
    except BadSignature:
        return None
    link = ReviewLink.objects.select_related("invited_by").filter(pk=pk).first()
    return link if link and _ends(link) == ends else None


def address(link: ReviewLink) -> str:
    return f"{settings.PUBLIC_BASE_URL}{reverse('guest_review', args=[token(link)])}"


def send(link: ReviewLink, *, title: str, office: str) -> bool:
    """Mail the guest their link; whether the mail server took it."""
    context = {"link": link, "title": title, "office": office, "url": address(link)}
    reply_to = [link.invited_by.email] if link.invited_by.email else []
    message = EmailMessage(
        render_to_string("moderation/review_link_subject.txt", context).strip(),
        render_to_string("moderation/review_link.txt", context),
        to=[link.email],
        reply_to=reply_to,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        return bool(message.send())
    except OSError as error:  # SMTP's own exceptions are OSErrors
        logger.error("Không gửi được thư mời đọc duyệt số %s: %s", link.pk, error)
        return False


def _ends(link: ReviewLink) -> int:
    return int(link.expires_at.timestamp())
