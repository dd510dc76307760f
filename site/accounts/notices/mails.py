"""The mails themselves: plain text, with the way out in the text and in the headers (RFC 8058)."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import ngettext

from accounts.notices import optout
from accounts.notices.kinds import TOPICS
from accounts.notices.models import Notice


def single(notice: Notice) -> EmailMessage:
    told = {"notice": notice, "always": notice.kind not in TOPICS}
    scope = optout.scope_of(notice.kind)
    return _mail(notice.user, notice.subject, "mail.txt", told, scope, f"{notice.pk}")


def digest(notices: Sequence[Notice]) -> EmailMessage:
    """One mail to the person of these notices."""
    count = len(notices)
    subject = ngettext("%(n)d thông báo mới", "%(n)d thông báo mới", count) % {"n": count}
    name = f"sang-{notices[0].pk}-{notices[-1].pk}"
    return _mail(notices[0].user, subject, "digest.txt", {"notices": notices}, optout.DIGEST, name)


def _mail(user, subject: str, template: str, told: dict, scope: str, name: str) -> EmailMessage:
    base = settings.PUBLIC_BASE_URL
    stop = base + optout.path(user, scope)
    context = told | {"user": user, "base_url": base, "stop_url": stop}
    return EmailMessage(
        subject,
        render_to_string(f"accounts/notices/{template}", context).strip() + "\n",
        to=[user.email],
        headers={
            "Auto-Submitted": "auto-generated",
            # The same when a mail is tried again, so that a mailbox can drop a second copy.
            "Message-ID": f"<thong-bao-{name}@{urlsplit(base).hostname or 'localhost'}>",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
