"""Who is told that a draft waits for them. Wagtail itself mails the author of approval and return;
its wording is replaced in `templates/wagtailadmin/notifications/`."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.admin.mail import EmailNotificationMixin, Notifier

from accounts.roles import BOARD
from stories.moderation.models import BoardApprovalTask, ReviewState
from stories.moderation.permissions import authors
from stories.units.selectors import above


class ReviewWanted(EmailNotificationMixin, Notifier):
    notification = "submitted"

    def __init__(self) -> None:
        super().__init__((ReviewState,))

    def get_template_base_prefix(self, instance, **kwargs) -> str:
        return "review_state_"

    def get_recipient_users(self, instance, **kwargs):
        page = instance.workflow_state.content_object.specific
        if isinstance(instance.task.specific, BoardApprovalTask):
            office = Q(groups__name=BOARD)
        else:
            # The unit's own reviewers; the unit above is written to only where there are none.
            for unit in (page.unit, *above(page.unit)):
                office = Q(groups=unit.reviewers_id)
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
