"""The room's part of a round (`stories.press.rounds`): mails to its people."""

from __future__ import annotations

from stories.press.room import alert_mails, alerts, link_mails
from stories.press.room.post import Post


def go() -> tuple[int, int]:
    """How many mails went out, how many didn't."""
    post = Post()
    link_mails.send_due(post)
    alerts.catch_up()
    alert_mails.send_due(post)
    post.close()
    return post.sent, post.failed
