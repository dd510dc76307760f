"""The mails with that link: a person's invitation, or the way to a new password."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from stories.press.models import PressPerson
from stories.press.room import links
from stories.press.room.post import LEASE, MOST_ATTEMPTS, Outcome, Post, later

SUBJECTS = {
    PressPerson.Link.INVITATION: _("Mời vào phòng báo chí của Hội LHPN tỉnh Phú Thọ"),
    PressPerson.Link.RESET: _("Đặt lại mật khẩu phòng báo chí"),
}


def send_due(post: Post) -> None:
    """Mail those who wait for a link."""
    due = PressPerson.objects.links_due(timezone.now()).order_by("link_at")
    for pk in list(due.values_list("pk", flat=True)):
        if post.is_down:
            return
        if person := _claim(pk):
            outcome = post.send(lambda person=person: compose(person))
            _note(person, outcome, post.error)


def compose(person: PressPerson) -> EmailMessage:
    base = settings.PUBLIC_BASE_URL
    link = links.path(person)
    context = {"person": person, "link": base + link, "base_url": base}
    name = f"phong-bao-chi-{link.rstrip('/').rpartition('/')[2][-20:]}"
    return EmailMessage(
        str(SUBJECTS[PressPerson.Link(person.link_wanted)]),
        render_to_string(f"press/room/mails/{person.link_wanted}.txt", context).strip() + "\n",
        to=[person.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "Message-ID": f"<{name}@{urlsplit(base).hostname or 'localhost'}>",
        },
    )


@transaction.atomic
def _claim(pk: int) -> PressPerson | None:
    """Take it in hand; another run doesn't find it for a while."""
    now = timezone.now()
    found = PressPerson.objects.links_due(now).filter(pk=pk)
    person = found.select_for_update(of=("self",)).first()
    if person is not None:
        person.link_attempts += 1
        person.link_at = now + LEASE
        person.save(update_fields=["link_attempts", "link_at"])
    return person


def _note(person: PressPerson, outcome: Outcome, error: str) -> None:
    # Not what was wished meanwhile.
    mine = PressPerson.objects.filter(pk=person.pk, link_wanted=person.link_wanted)
    if outcome is Outcome.SENT:
        mine.update(link_wanted="", link_error="", link_sent_at=timezone.now())
    elif outcome is Outcome.NEVER or person.link_attempts >= MOST_ATTEMPTS:
        mine.update(link_wanted="", link_error=error)
    else:
        mine.update(link_error=error, link_at=later(person.link_attempts))
