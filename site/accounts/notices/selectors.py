from __future__ import annotations

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from wagtail.models import Page

from accounts.notices.kinds import Mode, Topic
from accounts.notices.models import Notice, NoticePreference, NoticeQuerySet


def of(user) -> NoticeQuerySet:
    """The person's own, newest first: every screen begins here."""
    return Notice.objects.filter(user=user)


def unread_count(user) -> int:
    return of(user).unread().count()


def modes(user) -> dict[Topic, Mode]:
    """For each topic how the person wants its mails."""
    chosen = dict(NoticePreference.objects.filter(user=user).values_list("topic", "mode"))
    return {topic: Mode(chosen.get(topic, Mode.AT_ONCE)) for topic in Topic}


def leads_somewhere(link: str) -> bool:
    """False when there is no link, or its screen or page is gone meanwhile."""
    if not link:
        return False
    try:
        match = resolve(urlsplit(link).path)
    except Resolver404:
        return False
    page_id = match.kwargs.get("page_id")
    known = match.url_name is not None  # the admin has a nameless last address that takes anything
    return known and (page_id is None or Page.objects.filter(pk=page_id).exists())
