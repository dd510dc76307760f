"""Wagtail's page permissions, less every right to publish: publishing is the workflow's alone."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import PagePermissionTester
from wagtail.permissions import policy_registry


class NoPublishing(PagePermissionTester):
    """For all pages in a unit's section and the section itself, administrators included."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        """Withdrawal has its own screen, with a kind and a reason."""
        return False


class FixedPagePermissionTester(PagePermissionTester):
    """For the site's fixed pages: their words may be changed, their place may not."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_move(self) -> bool:
        return False


class SectionPermissionTester(FixedPagePermissionTester, NoPublishing):
    """For a unit's section: it stays, with all the stories and drafts in it."""


class ModeratedPagePermissionTester(NoPublishing):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """As Wagtail's, but never a live page. Nothing lies below these pages: nothing is asked."""
        if self.page.live or not self.user.is_active:
            return False
        if self.user.is_superuser or "change" in self.permissions:
            return True
        return "add" in self.permissions and self.page.owner_id == self.user.pk


def readable(pages, user):
    """Of a queryset of pages, those in whose drafts the user may read: hers and those below."""
    own = policy_registry.get_by_type(pages.model).explorable_instances(user)
    return pages.filter(pk__in=own.values("pk"))


def choosable(pages, user):
    """Of a queryset of pages, those that the user may refer to: the public ones and her own."""
    return pages.filter(Q(live=True) | Q(pk__in=readable(pages, user).values("pk")))
