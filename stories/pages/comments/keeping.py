"""Saving a page must not lose what others did to its comments meanwhile.

A draft in memory holds the comments that were open when it was read, and saving it would delete
all others: those settled before, and those left since then on another screen.
"""

from __future__ import annotations

from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page


def keep(page) -> None:
    """Bring the comments that the page holds in step with the stored ones, before it is saved.

    Only those that the editor's form deleted are let go; what was settled stays settled.
    """
    held = page.__dict__.get("_cluster_related_objects", {}).get(COMMENTS_RELATION_NAME)
    if held is None or page.pk is None:
        return
    Page.objects.select_for_update().filter(pk=page.pk).values_list("pk").first()
    stored = {comment.pk: comment for comment in Comment.objects.filter(page_id=page.pk)}
    held[:] = [comment for comment in held if comment.pk is None or comment.pk in stored]
    for comment in held:
        there = stored.get(comment.pk)
        if there and there.resolved_at and not comment.resolved_at:
            comment.resolved_at, comment.resolved_by_id = there.resolved_at, there.resolved_by_id
    known = {comment.pk for comment in held} | getattr(page, "deleted_comments", set())
    for pk in stored.keys() - known:
        stored[pk].page = page
        held.append(stored[pk])
