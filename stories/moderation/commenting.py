"""Leaving, answering and settling a comment on a draft. The authors and the thread are told."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import COMMENTS_RELATION_NAME, Comment, CommentReply, Page

from stories.moderation import notices, permissions
from stories.moderation.comments import may_comment


@transaction.atomic
def add(*, page, user, contentpath: str, text: str, position: str = "") -> Comment:
    """Leave a comment on the part that `contentpath` names in Wagtail's way ("field" or
    "body.<block id>…"); `position` is the place within it, as the part's widget understands it.

    Raises PermissionDenied."""
    _demand_right(page, user)
    revision = page.latest_revision
    comment = Comment.objects.create(
        page_id=page.pk,
        user=user,
        text=text,
        contentpath=contentpath,
        position=position,
        revision_created=revision,
    )
    comment.log_create(page_revision=revision, user=user)
    _tell(page, user, permissions.authors(page), added=[comment])
    return comment


@transaction.atomic
def reply(*, comment: Comment, user, text: str) -> CommentReply:
    """Raises PermissionDenied, also where the comment is settled."""
    page = comment.page.specific
    _demand_right(page, user)
    if comment.resolved_at:
        raise PermissionDenied(_("Góp ý này đã xong, không trả lời thêm được."))
    answer = CommentReply.objects.create(comment=comment, user=user, text=text)
    answer.log_create(page_revision=page.latest_revision, user=user)
    people = permissions.authors(page) | _ids(in_thread(comment))
    _tell(page, user, people, replied=[(comment, [answer])])
    return answer


@transaction.atomic
def resolve(*, comment: Comment, user) -> None:
    """Settle a comment; one that is settled stays as it is. Raises PermissionDenied."""
    page = comment.page.specific
    _demand_right(page, user)
    still_open = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    if still_open.update(resolved_at=timezone.now(), resolved_by=user):
        comment.log_resolve(page_revision=page.latest_revision, user=user)
        _tell(page, user, _ids(in_thread(comment)), resolved=[comment])


def _tell(page, user, people: set[int], **changes) -> None:
    """The authors learn of each comment, who takes part in a thread of what becomes of it."""
    told = get_user_model().objects.filter(pk__in=people - {user.pk})
    notices.commented(page=page, editor=user, told=dict.fromkeys(told, changes))


def in_thread(comment: Comment) -> QuerySet:
    """Who wrote the comment or answered it."""
    wrote = Q(**{COMMENTS_RELATION_NAME: comment}) | Q(comment_replies__comment=comment)
    return get_user_model().objects.filter(wrote).distinct()


def _ids(people: QuerySet) -> set[int]:
    return set(people.values_list("pk", flat=True))


def _demand_right(page, user) -> None:
    """Also locks the page: whoever saves it at this moment takes note of the new comment."""
    Page.objects.select_for_update().get(pk=page.pk)
    if not may_comment(page, user):
        raise PermissionDenied(_("Bạn không được góp ý cho bài này."))
