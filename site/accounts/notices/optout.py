"""Signed tokens by which a person stops mails without signing in. They don't run out: the link of
an old mail must work. Whoever has one can stop that person's mails of that scope, nothing else.

A scope is a topic, "digest" (all that is in the morning mail) or "all"; takedowns come anyhow.
"""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notices.kinds import TOPICS, Topic

DIGEST, ALL = "digest", "all"
_signer = Signer(sep=".", salt="accounts.notices.optout")


class BadToken(Exception):
    """Not one of ours, or of an account that is gone."""


def scope_of(kind: str) -> str:
    """What the link in a mail of that kind stops; in a takedown's, every other mail."""
    return str(TOPICS.get(kind, ALL))


def path(user, scope: str) -> str:
    return reverse("notices_stop", args=[_signer.sign(f"{user.pk}-{scope}")])


def read(token: str) -> tuple[object, str]:
    """The user and the scope. Raises BadToken."""
    try:
        pk, _dash, scope = _signer.unsign(token).partition("-")
    except BadSignature as error:
        raise BadToken from error
    user = get_user_model().objects.filter(pk=pk).first()
    if user is None or scope not in (*Topic.values, DIGEST, ALL):
        raise BadToken
    return user, scope


def told(scope: str) -> str:
    """The scope in words."""
    if scope == ALL:
        return _("mọi việc, trừ khi có bài bị gỡ")
    if scope == DIGEST:
        return _("thư tổng hợp mỗi sáng")
    return str(Topic(scope).label)
