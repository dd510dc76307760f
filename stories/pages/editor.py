"""Wagtail's editor, but that what is said in comments is told by our own notices, and without the
panel of checks: it counts in the userbar of the page shown, which ours has not, so that it would
say of every text that there is no word and no problem. Ours are in `checklist`."""

from __future__ import annotations

from collections import defaultdict

from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import ChecksSidePanel
from wagtail.admin.views.pages import create, edit
from wagtail.models import PageSubscription

from stories.moderation import notices
from stories.moderation.commenting import in_thread


class WithoutChecks:
    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        return MediaContainer([one for one in panels if not isinstance(one, ChecksSidePanel)])


class CreateView(WithoutChecks, create.CreateView):
    pass


class EditView(WithoutChecks, edit.EditView):
    def send_commenting_notifications(self, changes: dict) -> None:
        """As Wagtail's: who follows the page learns of all comments, who takes part in a thread
        of what is said there; nobody of their own, and nobody who may not read the draft."""
        told = {
            "added": changes["new_comments"],
            "resolved": changes["resolved_comments"],
            "deleted": changes["deleted_comments"],
            "replied": changes["new_replies"],
        }
        if not any(told.values()):
            return
        editor, page = self.request.user, self.page
        followers = PageSubscription.objects.filter(page=page.pk, comment_notifications=True)
        people = {one.user: told for one in followers.select_related("user")}
        threads = defaultdict(set)
        for comment in [*told["resolved"], *(comment for comment, _replies in told["replied"])]:
            for person in in_thread(comment):
                threads[person].add(comment)
        for person, theirs in threads.items():
            people.setdefault(
                person,
                {
                    "resolved": [one for one in told["resolved"] if one in theirs],
                    "replied": [one for one in told["replied"] if one[0] in theirs],
                },
            )
        people.pop(editor, None)
        notices.commented(page=page, editor=editor, told=people)
