"""The editor's form as a browser would post it."""

from __future__ import annotations

from wagtail.models import Comment
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from stories.pages.editing.approvals import in_force, token

TEXT = "Sáng sớm ở khu 5, chị Lan đã ngồi bên khung nón."


def posted(page, **fields) -> dict[str, str]:
    """The newest text of a story of one paragraph, as opened, with these fields changed.

    `comments`: see `comment`; by default none are in the form.
    """
    draft = page.get_latest_revision_as_object()
    (paragraph,) = draft.body
    comments = fields.pop("comments", [])
    old = sum(bool(one["id"]) for one in comments)
    body = streamfield([("paragraph", rich_text(str(paragraph.value.source)))])
    body["0"]["id"] = paragraph.id
    values = {
        "title": draft.title,
        "lead": draft.lead,
        "lead_picture": "",
        "body": body,
        "byline": draft.byline,
        "date": draft.date.isoformat(),
        "kind": draft.kind,
        "group": "",
        "tags": "",
        "correction_note": draft.correction_note,
        "told_exemplars": inline_formset([]),
        "named_people": inline_formset([]),
        "names_nobody": "on" if draft.names_nobody else "",
        "comments": inline_formset(comments, initial=old),
        "comment_notifications": "on",
        "told": token(in_force(draft)),
    }
    return nested_form_data(values | fields)


def comment(text: str = "", known: Comment | None = None, **changes) -> dict:
    """One comment of the form: a new one, or a known one as it was when the form was opened."""
    values = {
        "id": "" if known is None else known.pk,
        "text": known.text if known else text,
        "contentpath": known.contentpath if known else "title",
        "position": "",
        "resolved": "",
        "DELETE": "",
        "replies": inline_formset([]),
    }
    return values | changes
