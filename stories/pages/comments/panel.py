"""Wagtail's panel of comments, for an editor who isn't alone with the draft."""

from __future__ import annotations

from modelcluster.queryset import FakeQuerySet
from wagtail.admin.forms.comments import CommentForm, CommentFormSet
from wagtail.admin.panels import CommentPanel
from wagtail.models import COMMENTS_RELATION_NAME, Comment


class LastingCommentForm(CommentForm):
    def save(self, *args, **kwargs):
        """A comment that someone settled meanwhile isn't opened again by an older form."""
        if self.instance.resolved_at:
            self.cleaned_data["resolved"] = True
        return super().save(*args, **kwargs)


class LastingCommentFormSet(CommentFormSet):
    """Takes a form that was opened before others settled or deleted some of its comments.

    Wagtail's own would store those as new comments of whoever saves.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.instance.pk:
            open_ = list(self.queryset)
            others = Comment.objects.filter(page_id=self.instance.pk)
            others = others.exclude(pk__in=[comment.pk for comment in open_])
            self.queryset = FakeQuerySet(Comment, [*open_, *others])

    def _should_delete_form(self, form) -> bool:
        """What was deleted meanwhile is passed over; the words of others can't be deleted.

        (Forms that are to be deleted aren't validated, so Wagtail's own check doesn't see them.)
        """
        if form.instance.pk is None and self.data.get(form.add_prefix("id")):
            return True
        own = form.instance.user_id in (None, form.for_user.pk)
        return own and super()._should_delete_form(form)

    def save(self, commit=True):
        saved = super().save(commit=commit)
        deleted = {comment.pk for comment in self.deleted_objects}
        self.instance.deleted_comments = deleted
        self.instance.comments_changed = bool(self.new_objects or self.changed_objects or deleted)
        return saved


class LastingCommentPanel(CommentPanel):
    def get_form_options(self) -> dict:
        options = super().get_form_options()
        options["formsets"][COMMENTS_RELATION_NAME] |= {
            "formset": LastingCommentFormSet,
            "form": LastingCommentForm,
        }
        return options
