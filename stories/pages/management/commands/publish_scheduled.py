"""Wagtail's `publish_scheduled`, and the release of bundles at their time.

A text or a bundle that may not be published holds up no other.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.management.commands.publish_scheduled import Command as PublishScheduled
from wagtail.models import Revision

from media.stores.base import StorageDown
from stories.moderation.bundle_release import release_due
from stories.moderation.models import Bundle
from stories.pages.models.moderated import ModeratedPage
from stories.pages.signals import round_of_publishing


class Command(PublishScheduled):
    def handle(self, *args, **options) -> None:
        if options["dryrun"]:
            for bundle in Bundle.objects.due(timezone.now()):
                self.stdout.write(f"{bundle} ({bundle.time_words})")
        else:
            self.release_bundles()
            round_of_publishing.send(sender=type(self))
            due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
            for revision in due.order_by("approved_go_live_at"):
                if issubclass(revision.content_type.model_class(), ModeratedPage):
                    self.publish(revision)
        try:
            super().handle(*args, **options)
        except StorageDown as error:  # what is still due is tried again by the next run
            self.stderr.write(str(error))

    def release_bundles(self) -> None:
        for outcome in release_due():
            if outcome.why:
                self.stderr.write(f"{outcome.title}: {outcome.why}")
            else:
                self.stdout.write(_("Đã đăng chùm bài “%(title)s”.") % {"title": outcome.title})

    def publish(self, revision: Revision) -> None:
        """Publish at its time what is approved; the rest is scheduled no longer, and told of."""
        try:
            with transaction.atomic():
                revision.publish(
                    log_action="wagtail.publish.scheduled", skip_permission_checks=True
                )
        except PermissionDenied as refusal:
            revision.approved_go_live_at = None
            with transaction.atomic():
                revision.save(update_fields=["approved_go_live_at"])
            self.stderr.write(f"{revision.object_str}: {refusal}")
        except StorageDown:
            why = _("Kho tệp đang tạm ngừng; lần chạy sau sẽ làm lại.")
            self.stderr.write(f"{revision.object_str}: {why}")
