"""Whom the moderation room tells what; the wording is in `templates/moderation/notices/`.

Called inside the transaction of the event: what is rolled back is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from accounts.notices.kinds import Kind
from accounts.notices.models import Notice
from accounts.notices.services import settle, tell
from accounts.roles import BOARD
from stories.moderation.models import (
    BoardApprovalTask,
    Bundle,
    Deputy,
    EmergencyRelease,
    ReviewState,
)
from stories.moderation.permissions import authors
from stories.units.models import Unit
from stories.units.selectors import keepers, offices

ASKED_LATELY = timedelta(hours=1)


def text(name: str, **context) -> str:
    return render_to_string(f"moderation/notices/{name}.txt", context)


def edit_link(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def board() -> Q:
    """Ban Tuyên giáo, and those who stand in today for one of them."""
    return Q(groups__name=BOARD) | _deputies(unit=None)


def reviewers(unit: Unit) -> Q:
    """The unit's own reviewers; the unit above is written to only where there are none."""
    office = Q(groups__in=())
    for one in offices(unit):
        office = Q(groups=one.reviewers_id) | _deputies(unit=one)
        if one.reviewers_id and one.reviewers.user_set.filter(is_active=True).exists():
            break
    return office


def _deputies(**office) -> Q:
    return Q(pk__in=Deputy.objects.in_force().filter(**office).values("person"))


def _people(*conditions: Q) -> QuerySet:
    return get_user_model().objects.filter(*conditions).distinct()


def review_wanted(state: ReviewState) -> None:
    """A text waits at a step: its reviewers are told, but for the authors.

    Who was asked for this at the earlier step needn't read it any more. Who was asked for just
    this lately and hasn't looked yet isn't asked again: writing on in review saves every minute.
    """
    page = state.workflow_state.content_object.specific
    office = board() if isinstance(state.task.specific, BoardApprovalTask) else reviewers(page.unit)
    people = list(_people(office).exclude(pk__in=authors(page)))
    said = text(
        "review_wanted", page=page, task=state.task, sender=state.workflow_state.requested_by
    ).strip()
    link = edit_link(page)
    settle(kinds=[Kind.REVIEW_WANTED], link=link, but=people)
    asked = Notice.objects.unread().filter(
        kind=Kind.REVIEW_WANTED,
        link=link,
        text=said,
        created_at__gt=timezone.now() - ASKED_LATELY,
    )
    known = set(asked.values_list("user", flat=True))
    tell(
        users=[person for person in people if person.pk not in known],
        kind=Kind.REVIEW_WANTED,
        subject=_("Chờ duyệt: %(title)s") % {"title": page.get_admin_display_title()},
        text=said,
        link=link,
    )


def review_over(workflow_state: WorkflowState) -> None:
    """Approved, returned or taken out: nobody has to read it now."""
    page = workflow_state.content_object
    if page is not None:
        settle(kinds=[Kind.REVIEW_WANTED], link=edit_link(page))


def returned(workflow_state: WorkflowState, user=None) -> None:
    """The submitter, the other authors, and those who had approved the draft before.

    Of the others only who still holds an office over the page's unit: it quotes the draft's faults.
    """
    page = workflow_state.content_object.specific
    approved = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED)
    approvers = set(approved.values_list("finished_by", flat=True)) - {None}
    groups = {unit.editors_id for unit in keepers(page.unit)}
    groups |= {unit.reviewers_id for unit in offices(page.unit)}
    in_office = Q(groups__in=groups - {None}) | Q(groups__name=BOARD)
    wanted = Q(pk=workflow_state.requested_by_id) | Q(pk__in=approvers | authors(page)) & in_office
    people = _people(wanted).exclude(pk=user and user.pk)
    state = workflow_state.current_task_state.specific
    for had_approved in (False, True):
        tell(
            users=[one for one in people if (one.pk in approvers) is had_approved],
            kind=Kind.RETURNED,
            subject=_("Trả lại để sửa: %(title)s") % {"title": page.get_admin_display_title()},
            text=text("returned", page=page, state=state, approved=had_approved),
            link=edit_link(page),
        )


def overdue(person, found: Sequence) -> None:
    """One notice about all that is late (`reminders.Overdue`); the reminder before is void."""
    link = reverse("wagtailadmin_home")
    kinds = [Kind.REMINDER, Kind.ESCALATION]
    Notice.objects.unread().filter(user=person, kind__in=kinds).update(read_at=timezone.now())
    escalates = any(late.deadline.escalates for late in found)
    tell(
        users=[person],
        kind=Kind.ESCALATION if escalates else Kind.REMINDER,
        subject=_("%(n)d bài quá hạn duyệt") % {"n": len(found)},
        text=text("overdue", found=found, base_url=settings.PUBLIC_BASE_URL),
        link=link,
    )


def commented(*, page, editor, told: Mapping[object, Mapping[str, Iterable]]) -> None:
    """For each person the comments that they follow: `added`, `resolved`, `deleted`, `replied`."""
    for person, changes in told.items():
        if page.permissions_for_user(person).can_edit():
            tell(
                users=[person],
                kind=Kind.COMMENT,
                subject=_("%(editor)s góp ý bài “%(title)s”")
                % {"editor": editor, "title": page.get_admin_display_title()},
                text=text("comments", page=page, editor=editor, **changes),
                link=edit_link(page),
            )


def deputy_named(deputy: Deputy) -> None:
    tell(
        users=[deputy.person],
        kind=Kind.DEPUTY,
        subject=_("Được ủy quyền duyệt bài thay %(holder)s") % {"holder": deputy.holder},
        text=text("deputy_named", deputy=deputy),
        link=reverse("wagtailadmin_home"),
    )


def deputy_revoked(deputy: Deputy, user) -> None:
    """The person, and the holder when somebody else ended it."""
    tell(
        users=[one for one in (deputy.person, deputy.holder) if one.pk != user.pk],
        kind=Kind.DEPUTY,
        subject=_("Thôi ủy quyền duyệt bài thay %(holder)s") % {"holder": deputy.holder},
        text=text("deputy_revoked", deputy=deputy),
        link=reverse("wagtailadmin_home"),
    )


def emergency_asked(request: EmergencyRelease) -> None:
    """All of Ban Tuyên giáo but who asked."""
    tell(
        users=_people(board()).exclude(pk=request.asked_by_id),
        kind=Kind.EMERGENCY,
        subject=_("Đề nghị đăng khẩn cấp: %(title)s") % {"title": request.title},
        text=text("emergency_asked", request=request),
        link=_emergency_link(request),
    )


def emergency_answered(request: EmergencyRelease) -> None:
    """Who asked learns the answer; the others needn't look any more."""
    link = _emergency_link(request)
    settle(kinds=[Kind.EMERGENCY], link=link)
    released = request.status == EmergencyRelease.Status.RELEASED
    if request.asked_by_id == request.answered_by_id:
        return
    subject = _("Đã đăng khẩn cấp: %(title)s") if released else _("Không đăng khẩn cấp: %(title)s")
    tell(
        users=[request.asked_by],
        kind=Kind.EMERGENCY,
        subject=subject % {"title": request.title},
        text=text("emergency_answered", request=request, released=released),
        link=link,
    )


def bundle_stopped(bundle_id: int) -> None:
    """All of Ban Tuyên giáo: what was to come out at a time doesn't."""
    bundle = Bundle.objects.prefetch_related("items").get(pk=bundle_id)
    tell(
        users=_people(board()),
        kind=Kind.BUNDLE,
        subject=_("Chùm bài cần xem lại: %(title)s") % {"title": bundle.title},
        text=text("bundle_stopped", bundle=bundle),
        link=reverse("desk_bundle", args=[bundle.pk]),
    )


def _emergency_link(request: EmergencyRelease) -> str:
    return reverse("emergency", args=[request.pk])
