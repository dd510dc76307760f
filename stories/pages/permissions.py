"""Wagtail's page permissions, less every right to publish: publishing is the workflow's alone."""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class ModeratedPagePermissionTester(PagePermissionTester):
    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        """Withdrawal has its own screen, with a kind and a reason."""
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.live and super().can_delete(ignore_bulk=ignore_bulk)
