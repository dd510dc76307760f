"""The two steps of Wagtail's workflow here: review by the unit, approval by Ban Tuyên giáo.

```mermaid
stateDiagram-v2
    [*] --> draft
    draft --> unit_review: submit
    unit_review --> board_approval: approve
    unit_review --> needs_changes: return, with a reason
    board_approval --> needs_changes: return, with a reason
    board_approval --> unit_review: edited meanwhile
    needs_changes --> unit_review: submit again
    board_approval --> released: approve exactly this text
```
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

from stories.moderation import claims, comments, permissions, services
from stories.moderation.forms import ReturnForm, SilentForm
from stories.moderation.models.approval import Approval
from stories.moderation.models.review_link import ReviewLink
from stories.moderation.reasons import ReturnReason
from stories.units.models import Unit


class ReviewState(TaskState):
    """How one step went; a return carries its coded reason beside the text."""

    reason = models.CharField(
        _("lý do trả lại"), max_length=20, choices=ReturnReason.choices, blank=True
    )

    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("duyệt thay"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # What the checklist said when last asked, for lists; the approval itself asks it anew.
    red = models.PositiveSmallIntegerField(_("điều phải sửa"), null=True)
    amber = models.PositiveSmallIntegerField(_("điều cần xem"), null=True)

    class Meta:
        verbose_name = _("lượt duyệt")
        verbose_name_plural = _("lượt duyệt")

    def get_comment(self) -> str:
        return f"{self.get_reason_display()}: {self.comment}" if self.reason else self.comment


def in_revision(field: str) -> Cast:
    """A review's annotation: the id in that field of the revision reviewed."""
    return Cast(KeyTextTransform(field, "revision__content"), models.BigIntegerField())


class ReviewTask(Task):
    """What both steps share: who may act is asked again, at the moment of acting, on the server."""

    task_state_class = ReviewState
    approve_label = _("Duyệt")

    class Meta:
        abstract = True

    def may_review(self, page, user) -> bool:
        """Whether the user holds the office of this step for the page's unit."""
        raise NotImplementedError

    def office_of(self, page) -> Unit | None:
        """The unit whose reviewers hold the office; None where it is Ban Tuyên giáo's."""
        raise NotImplementedError

    def moderated(self, states: QuerySet[TaskState], user) -> QuerySet[TaskState]:
        """Those of this step's reviews for which `may_review` is true."""
        raise NotImplementedError

    def may_act(self, page, user) -> bool:
        """In office, and not an author: nobody reviews what they wrote or submitted.

        `page` may be the plain page that Wagtail passes here and there.
        """
        page = page.specific
        return self.may_review(page, user) and not permissions.is_author(page, user)

    def start(self, workflow_state, user=None):
        """Begin at the first step that hasn't approved the newest revision: an edit voids."""
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    @transaction.atomic
    def on_action(self, task_state, user, action_name, **kwargs):
        """Approve or return. Raises PermissionDenied for anyone but an eligible reviewer.

        A return needs `reason` (a `ReturnReason`) and `comment`. Approving what a colleague has
        claimed needs `over_claim`, else it raises Claimed. `sha256` is the hash of what the
        reviewer was shown: if it's no longer that, NotWhatWasRead is raised. `link` is the
        `ReviewLink` whose guest answers in the user's name (see `review_links.answer`).
        `go_live_at`, at Ban Tuyên giáo's step, is when the text is to be published, not at once.
        """
        state = ReviewState.objects.select_for_update().get(pk=task_state.pk)
        page = state.workflow_state.content_object.specific
        if not self.may_act(page, user):
            raise PermissionDenied(_("Bạn không được duyệt bài này."))
        # Wagtail's editor hands on whatever JSON was posted: only a real link counts.
        link = kwargs.get("link")
        if link is not None and not (isinstance(link, ReviewLink) and link.is_for(state, user)):
            raise PermissionDenied(_("Liên kết này không dùng được cho bài này."))
        state.acting_for = permissions.acts_for(user, self.office_of(page))
        if action_name == "approve":
            self.check_shown(state, page, user, **kwargs)
            self.before_approval(state, user, accepted=kwargs.get("accepted", ()), link=link)
            if (moment := kwargs.get("go_live_at")) is not None:
                self.set_time(state, moment)
            comment = link.signature if link else kwargs.get("comment", "")
            state.approve(user=user, comment=comment)
        elif action_name == "reject":
            form = ReturnForm(kwargs)
            if not form.is_valid():
                raise PermissionDenied(_("Trả lại bài phải chọn lý do và ghi rõ cần sửa gì."))
            state.reason = form.cleaned_data["reason"]
            state.save(update_fields=["reason"])
            comment = form.cleaned_data["comment"]
            state.reject(user=user, comment=f"{comment} ({link.signature})" if link else comment)
        else:
            raise PermissionDenied(_("Không có thao tác này."))

    def check_shown(self, state: ReviewState, page, user, **said) -> None:
        """Raises NotWhatWasRead or Claimed; see `on_action` for what is said."""
        if state.revision_id != page.latest_revision_id:
            raise services.NotWhatWasRead
        seen = link.sha256 if (link := said.get("link")) else said.get("sha256")
        if seen and seen != state.revision.as_object().content_sha256():
            raise services.NotWhatWasRead
        if (claim := claims.of_another(state, user)) and not said.get("over_claim"):
            raise claims.Claimed(claim)

    def before_approval(
        self, state: ReviewState, user, *, accepted: Sequence[str], link: ReviewLink | None = None
    ) -> None:
        """Called in the approving transaction, before the state changes.

        `accepted`: codes of the checklist's amber problems that the reviewer (or guest) ticked.
        """

    def set_time(self, state: ReviewState, go_live_at: datetime) -> None:
        """Called in the approving transaction. Raises PermissionDenied where it isn't for this step
        to say when, or the time has passed."""
        raise PermissionDenied(_("Chỉ Ban Tuyên giáo hẹn được giờ công bố."))

    def get_actions(self, obj, user):
        if not self.may_act(obj, user):
            return []
        return [
            ("approve", self.approve_label, False),
            ("reject", _("Trả lại, kèm lý do"), True),
        ]

    def get_form_for_action(self, action):
        return ReturnForm if action == "reject" else SilentForm

    def user_can_access_editor(self, obj, user) -> bool:
        return self.may_review(obj.specific, user)

    def locked_for_user(self, obj, user) -> bool:
        """Reviewers read; they don't write what they are about to approve."""
        return self.may_act(obj, user)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        """Reviews under way for which `may_act` is true, in a number of queries that is fixed."""
        states = TaskState.objects.filter(task_id=self.pk, status=TaskState.STATUS_IN_PROGRESS)
        allowed = permissions.without_own(self.moderated(states, user), user)
        return TaskState.objects.filter(pk__in=allowed.values("pk"))


class UnitReviewTask(ReviewTask):
    approve_label = _("Duyệt, gửi Ban Tuyên giáo")

    days = models.PositiveSmallIntegerField(_("số ngày làm việc"), default=3)
    admin_form_fields = [*Task.admin_form_fields, "days"]

    class Meta:
        verbose_name = _("bước đơn vị duyệt")
        verbose_name_plural = _("bước đơn vị duyệt")

    def may_review(self, page, user) -> bool:
        return permissions.reviews_unit(user, page.unit)

    def office_of(self, page) -> Unit:
        return page.unit

    def moderated(self, states: QuerySet[TaskState], user) -> QuerySet[TaskState]:
        units = permissions.reviewed_units(user)
        return states.annotate(unit=in_revision("unit")).filter(unit__in=units)

    def before_approval(
        self, state: ReviewState, user, *, accepted: Sequence[str], link: ReviewLink | None = None
    ) -> None:
        """The one point of the checklist that this step is held to. Raises OpenComments."""
        comments.demand_none_open(state.workflow_state.content_object)

    @classmethod
    def get_description(cls) -> str:
        return _("Người duyệt của đơn vị, hoặc của đơn vị cấp trên, đọc và duyệt bài.")


class BoardApprovalTask(ReviewTask):
    approve_label = _("Phê duyệt và đăng")

    days = models.PositiveSmallIntegerField(_("số ngày làm việc"), default=2)
    admin_form_fields = [*Task.admin_form_fields, "days"]

    class Meta:
        verbose_name = _("bước Ban Tuyên giáo phê duyệt")
        verbose_name_plural = _("bước Ban Tuyên giáo phê duyệt")

    def may_review(self, page, user) -> bool:
        return permissions.on_board(user)

    def office_of(self, page) -> None:
        return None

    def moderated(self, states: QuerySet[TaskState], user) -> QuerySet[TaskState]:
        return states if permissions.on_board(user) else states.none()

    def start(self, workflow_state, user=None):
        state = super().start(workflow_state, user=user)
        if state.task_id == self.pk:
            services.note_checklist(state, state.revision.as_object().publication_problems())
        return state

    def before_approval(
        self, state: ReviewState, user, *, accepted: Sequence[str], link: ReviewLink | None = None
    ) -> None:
        by = {"route": Approval.Route.LINK, "note": link.signature} if link else {}
        services.approve(page=state.revision.as_object(), user=user, accepted=accepted, **by)

    def set_time(self, state: ReviewState, go_live_at: datetime) -> None:
        """As Wagtail keeps it: with the revision, whose text stays the one that was approved."""
        # Wagtail's editor hands on whatever JSON was posted.
        if not isinstance(go_live_at, datetime) or go_live_at <= timezone.now():
            raise PermissionDenied(_("Giờ công bố phải ở tương lai."))
        state.revision.content["go_live_at"] = go_live_at.isoformat()
        state.revision.save(update_fields=["content"])

    @classmethod
    def get_description(cls) -> str:
        return _("Ban Tuyên giáo phê duyệt đúng bản này; duyệt xong bài được đăng.")
