"""Wagtail's `publish_scheduled`; a text that may not be published holds up no other."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as PublishScheduled
from wagtail.models import Revision

from stories.pages.models.moderated import ModeratedPage


class Command(PublishScheduled):
    def handle(self, *args, **options) -> None:
        if not options["dryrun"]:
            due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
            for revision in due.order_by("approved_go_live_at"):
                if issubclass(revision.content_type.model_class(), ModeratedPage):
                    self.publish(revision)
        super().handle(*args, **options)

    def publish(self, revision: Revision) -> None:
        """Publish at its time what is approved; the rest is scheduled no longer, and told of."""
        try:
            with transaction.atomic():
                revision.publish(
                    log_action="wagtail.publish.scheduled", skip_permission_checks=True
                )
        except PermissionDenied as refusal:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
            self.stderr.write(f"{revision.object_str}: {refusal}")
