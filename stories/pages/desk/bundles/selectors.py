"""What the screens of bundles show, in a number of queries that is fixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState, get_default_page_content_type

from stories.moderation import permissions
from stories.moderation.models import Bundle, BundleItem, ReviewState
from stories.pages.desk.rows import Row, listed, rows, steps
from stories.pages.models import ExemplarPage, StoryPage
from stories.pages.permissions import readable

CLOSED, CANDIDATES = 30, 30  # rows shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A text of a bundle and where it is; `row` is its review under way, `where` says it."""

    item: BundleItem
    row: Row | None
    is_exemplar: bool
    where: str

    @property
    def ready(self) -> bool:
        return bool(self.row and self.row.at_board)


def listing() -> dict[str, QuerySet[Bundle]]:
    """The open bundles, the next to come out first, and the last of those that are over."""
    found = Bundle.objects.annotate(texts=Count("items")).select_related("approved_by")
    return {
        "open": found.open().order_by(F("release_at").asc(nulls_last=True), "pk"),
        "closed": found.exclude(status__in=Bundle.OPEN)[:CLOSED],
    }


def entries(bundle: Bundle, user) -> list[Entry]:
    """The bundle's texts, exemplars first, as they are released."""
    items = list(bundle.items.select_related("page"))
    reviews = reviews_of([item.page_id for item in items], user)
    kind = ContentType.objects.get_for_model(ExemplarPage).pk
    found = []
    for item in items:
        row = reviews.get(item.page_id)
        is_exemplar = bool(item.page and item.page.content_type_id == kind)
        found.append(Entry(item, row, is_exemplar, _where(bundle, item, row)))
    return sorted(found, key=lambda entry: not entry.is_exemplar)


def reviews_of(page_ids: Iterable[int | None], user) -> dict[int, Row]:
    """The reviews under way of these pages, by page."""
    states = ReviewState.objects.filter(
        workflow_state__base_content_type=get_default_page_content_type(),
        workflow_state__object_id__in=[str(pk) for pk in page_ids if pk],
        status=TaskState.STATUS_IN_PROGRESS,
    )
    found = permissions.with_authorship(listed(states), user)
    return {row.page_id: row for row in rows(found, steps())}


def _where(bundle: Bundle, item: BundleItem, row: Row | None) -> str:
    if bundle.status == Bundle.Status.RELEASED:
        return _("đã đăng cùng chùm")
    if bundle.status == Bundle.Status.CANCELED:
        return _("đi theo quy trình duyệt riêng")
    if item.page is None:
        return _("bài đã bị xóa")
    if row and row.at_board:
        return _("đã đến Ban Tuyên giáo, %(waiting)s") % {"waiting": row.deadline.waiting_words}
    if row:
        return _("chưa sẵn sàng: đang ở bước “%(step)s”") % {"step": row.step}
    if item.page.live and not item.page.has_unpublished_changes:
        return _("bài đã đăng riêng")
    return _("chưa sẵn sàng: chưa gửi duyệt, hoặc đã trả lại")


@dataclass(frozen=True, slots=True)
class Candidate:
    page: Page
    row: Row | None


def candidates(user, words: str) -> list[Candidate]:
    """Texts with something to release that no open bundle holds; the newest first."""
    held = BundleItem.objects.filter(is_open=True).exclude(page=None)
    found = (
        readable(Page.objects.type(StoryPage, ExemplarPage), user)
        .filter(has_unpublished_changes=True)
        .exclude(pk__in=held.values("page"))
    )
    if words:
        found = found.filter(draft_title__icontains=words)
    pages = list(found.order_by("-latest_revision_created_at", "-pk")[:CANDIDATES])
    reviews = reviews_of([page.pk for page in pages], user)
    return [Candidate(page, reviews.get(page.pk)) for page in pages]


def pages_of(states: Iterable[str], ids: Iterable[str] = ()) -> list:
    """The pages under these reviews, and those of these ids; what isn't a number is passed over."""
    reviews = ReviewState.objects.filter(pk__in=_numbers(states))
    wanted = {int(one) for one in reviews.values_list("workflow_state__object_id", flat=True)}
    pages = Page.objects.type(StoryPage, ExemplarPage).filter(pk__in=wanted | _numbers(ids))
    return list(pages.specific())


def _numbers(texts: Iterable[str]) -> set[int]:
    return {int(text) for text in texts if text.isdecimal() and len(text) < 19}
