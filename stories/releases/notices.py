"""Who is told that a text was published or withdrawn; in the transaction of the release."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowState

from accounts.audit.services import acting
from accounts.notices.kinds import Kind
from accounts.notices.models import Notice
from accounts.notices.services import tell
from stories.moderation.models import Approval, EmergencyRelease
from stories.moderation.notices import board, edit_link, reviewers
from stories.releases.models import Release
from stories.releases.takedown.records import page_of


def published(releases: Sequence[Release]) -> None:
    """The submitter, and who wrote in it since the release before; of imported texts nobody."""
    for release in releases:
        if release.approval.route != Approval.Route.IMPORT and (page := page_of(release.item)):
            _published(release, page)


def withdrawn(release: Release) -> list[Notice]:
    """All who ever wrote in it, the unit's reviewers and Ban Tuyên giáo: all who may be asked
    about it, also whoever withdrew it themselves."""
    if (page := page_of(release.item)) is None:
        return []
    title = _title(release)
    wrote = _revisions(page).values("user")
    actor = acting()
    return tell(
        users=_people(Q(pk__in=wrote) | Q(pk=page.owner_id) | reviewers(page.unit) | board()),
        kind=Kind.TAKEDOWN,
        subject=_("Đã gỡ bài: %(title)s") % {"title": title},
        text=_text("withdrawn", title=title, page=page, release=release, actor=actor),
        link=edit_link(page),
    )


def _published(release: Release, page) -> None:
    approval, before = release.approval, _released_before(release)
    workflow = WorkflowState.objects.for_instance(page).order_by("-pk").first()
    wrote = _revisions(page).filter(pk__gt=before, pk__lte=approval.revision_id or 0)
    wanted = Q(pk__in=wrote.values("user"))
    if not before:
        wanted |= Q(pk=page.owner_id)
    if workflow and workflow.status in (
        WorkflowState.STATUS_APPROVED,
        WorkflowState.STATUS_IN_PROGRESS,
    ):
        wanted |= Q(pk=workflow.requested_by_id)
    correction = release.kind == Release.Kind.CORRECTION
    title = release.data["title"]
    done = _("Đã duyệt và đăng bản sửa") if correction else _("Đã duyệt và đăng")
    tell(
        users=_people(wanted).exclude(pk=approval.approved_by_id),
        kind=Kind.PUBLISHED,
        subject=f"{done}: {title}",
        text=_text(
            "published",
            title=title,
            correction=correction,
            steps=_steps(approval, workflow),
            uuid=page.uuid,
            base_url=settings.PUBLIC_BASE_URL,
        ),
        link=edit_link(page),
    )


def _steps(approval: Approval, workflow: WorkflowState | None) -> list[tuple[str, object]]:
    """What the text passed, and who passed it."""
    if approval.route == Approval.Route.EMERGENCY:
        asked = EmergencyRelease.objects.filter(
            item=approval.item, revision_id=approval.revision_id
        ).select_related("asked_by")
        steps = [(_("Đề nghị đăng khẩn cấp"), one.asked_by) for one in asked[:1]]
        return [*steps, (_("Xác nhận đăng khẩn cấp"), approval.approved_by)]
    if workflow is None:
        return [(_("Ban Tuyên giáo phê duyệt"), approval.approved_by)]
    passed = workflow.task_states.filter(
        status=TaskState.STATUS_APPROVED, revision=approval.revision_id
    ).select_related("task", "finished_by")
    return [(state.task.name, state.finished_by) for state in passed.order_by("pk")]


def _released_before(release: Release) -> int:
    """The revision of the item's public text before this one; 0 for the first."""
    earlier = release.item.releases.filter(version__lt=release.version, approval__isnull=False)
    found = earlier.order_by("-version").values_list("approval__revision_id", flat=True).first()
    return found or 0


def _title(release: Release) -> str:
    """What readers knew it by."""
    public = release.item.releases.filter(kind__in=Release.PUBLIC).order_by("-version").first()
    return public.data["title"]


def _revisions(page) -> QuerySet[Revision]:
    return Revision.page_revisions.filter(object_id=str(page.pk))


def _people(wanted: Q) -> QuerySet:
    return get_user_model().objects.filter(wanted).distinct()


def _text(name: str, **context) -> str:
    return render_to_string(f"releases/notices/{name}.txt", context)
