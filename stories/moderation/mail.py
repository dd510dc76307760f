"""Who is told that a draft waits for them, and who beside its submitter that it was returned.

Wagtail itself mails the submitter of approval and return; the wording of all these mails is in
`templates/wagtailadmin/notifications/`.
"""

from __future__ import annotations

import logging

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.template.loader import render_to_string
from wagtail.admin.mail import (
    EmailNotificationMixin,
    Notifier,
    WorkflowStateRejectionEmailNotifier,
    send_mail,
)
from wagtail.models import TaskState

from accounts.roles import BOARD
from stories.moderation.models import BoardApprovalTask, Bundle, Deputy, ReviewState
from stories.moderation.permissions import authors
from stories.units.selectors import keepers, offices

logger = logging.getLogger(__name__)


class ReviewWanted(EmailNotificationMixin, Notifier):
    notification = "submitted"

    def __init__(self) -> None:
        super().__init__((ReviewState,))

    def get_template_base_prefix(self, instance, **kwargs) -> str:
        return "review_state_"

    def get_recipient_users(self, instance, **kwargs):
        page = instance.workflow_state.content_object.specific
        if isinstance(instance.task.specific, BoardApprovalTask):
            office = Q(groups__name=BOARD) | _deputies(unit=None)
        else:
            # The unit's own reviewers; the unit above is written to only where there are none.
            office = Q(groups__in=())
            for unit in offices(page.unit):
                office = Q(groups=unit.reviewers_id) | _deputies(unit=unit)
                if unit.reviewers_id and unit.reviewers.user_set.filter(is_active=True).exists():
                    break
        return get_user_model().objects.filter(office).exclude(pk__in=authors(page)).distinct()

    def get_context(self, instance, **kwargs):
        page = instance.workflow_state.content_object.specific
        return super().get_context(instance, **kwargs) | {
            "page": page,
            "unit": page.unit,
            "task": instance.task,
            "sender": instance.workflow_state.requested_by,
        }


def _deputies(**office) -> Q:
    """Those who stand in today for someone of that office."""
    return Q(pk__in=Deputy.objects.in_force().filter(**office).values("person"))


class ReturnedToo(WorkflowStateRejectionEmailNotifier):
    """A return also reaches the other authors, and those who had approved the draft before it.

    Only those who still hold an office over the page's unit: the mail quotes the draft's faults.
    """

    def approvers(self, workflow_state) -> set[int]:
        states = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
        return set(states.values_list("finished_by", flat=True)) - {None}

    def get_recipient_users(self, workflow_state, user=None, **kwargs):
        page = workflow_state.content_object.specific
        known = {workflow_state.requested_by_id, user and user.pk}
        wanted = (self.approvers(workflow_state) | authors(page)) - known
        groups = {unit.editors_id for unit in keepers(page.unit)}
        groups |= {unit.reviewers_id for unit in offices(page.unit)}
        return (
            get_user_model()
            .objects.filter(Q(groups__in=groups - {None}) | Q(groups__name=BOARD), pk__in=wanted)
            .distinct()
        )

    def get_context(self, workflow_state, **kwargs):
        return super().get_context(workflow_state, **kwargs) | {
            "approvers": get_user_model().objects.filter(pk__in=self.approvers(workflow_state)),
        }


def bundle_stopped(bundle_id: int) -> None:
    """All of Ban Tuyên giáo, and who stands in for them: what was to come out at a time doesn't."""
    bundle = Bundle.objects.prefetch_related("items").get(pk=bundle_id)
    people = get_user_model().objects.filter(
        Q(groups__name=BOARD) | _deputies(unit=None), is_active=True
    )
    for person in people.exclude(email="").distinct().order_by("pk"):
        context = {"user": person, "bundle": bundle}
        subject = render_to_string("moderation/bundle_stopped_subject.txt", context).strip()
        text = render_to_string("moderation/bundle_stopped.txt", context)
        try:
            send_mail(subject, text, [person.email])
        except OSError as error:  # SMTP's own exceptions are OSErrors
            logger.error("Không gửi được thư về chùm bài cho %s: %s", person.username, error)
