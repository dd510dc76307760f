"""Guests for tests: someone invited to the review that waits, and what they do."""

from __future__ import annotations

from stories import factories
from stories.moderation import review_links
from stories.moderation.models import ReviewLink, ReviewState
from stories.moderation.review_links import Visitor
from stories.moderation.tests.reviews import waiting

GUEST = {
    "name": "Nguyễn Thị Hạnh",
    "post": "Phó Chủ tịch UBND xã Lâm Thao",
    "email": "hanh.ubnd@example.vn",
}
VISITOR = Visitor("203.0.113.7", "Mozilla/5.0 (Linux; Android 11)")


def invite(state, user, **fields) -> ReviewLink:
    said = {"sha256": state.revision.as_object().content_sha256()} | GUEST | fields
    return review_links.invite(state=state, user=user, **said)


def invited(people, *, board: bool = True, by: str = "", link: dict | None = None, **fields):
    """A link to a story under review, by the one who would else act on it."""
    state = waiting(people, board=board, **fields)
    return invite(state, people[by or ("board" if board else "reviewer")], **(link or {}))


def page_of(link: ReviewLink):
    """As it is in the database now."""
    return ReviewState.objects.get(pk=link.state_id).workflow_state.content_object.specific


def approve(link: ReviewLink, **said) -> ReviewLink:
    if "accepted" not in said:
        said["accepted"] = factories.ambers(page_of(link))
    return review_links.answer(link=link, answer="approved", visitor=VISITOR, **said)


def send_back(link: ReviewLink, **said) -> ReviewLink:
    said = {"reason": "facts", "comment": "Số hộ chưa đúng."} | said
    return review_links.answer(link=link, answer="returned", visitor=VISITOR, **said)
