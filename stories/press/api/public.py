"""The public tier: stories and exemplars as stored, straight from the ledger."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Router

from stories.press import auth, cursors, responses, selectors
from stories.press.api import filters
from stories.press.api.filters import Filters
from stories.press.errors import BadParameter, NotFound, Withdrawn
from stories.press.faces import native
from stories.press.schemas import Exemplar, ExemplarList, Story, StoryList

router = Router(auth=auth.anyone, tags=["public"])


class ListParams(Filters):
    cursor: str = Field("", max_length=200, description="`next` của trang trước.")
    limit: int = Field(20, ge=1, le=100)


@router.get("/stories/", response=StoryList, operation_id="list_stories", summary="Các bài viết")
def stories(request: HttpRequest, params: Query[ListParams]) -> HttpResponse:
    """Bài đã phát hành, mới nhất trước."""
    return _list(request, "story", params)


@router.get(
    "/stories/{uuid:item}/", response=Story, operation_id="get_story", summary="Một bài viết"
)
def story(request: HttpRequest, item: UUID) -> HttpResponse:
    """Bản hiện hành; 410 khi bài đã thu hồi hoặc tạm gỡ."""
    return _item(request, "story", item)


@router.get(
    "/exemplars/",
    response=ExemplarList,
    operation_id="list_exemplars",
    summary="Các điển hình",
)
def exemplars(request: HttpRequest, params: Query[ListParams]) -> HttpResponse:
    """Hồ sơ điển hình đã phát hành, mới nhất trước."""
    return _list(request, "exemplar", params)


@router.get(
    "/exemplars/{uuid:item}/",
    response=Exemplar,
    operation_id="get_exemplar",
    summary="Một điển hình",
)
def exemplar(request: HttpRequest, item: UUID) -> HttpResponse:
    """Bản hiện hành; 410 khi đã thu hồi hoặc tạm gỡ."""
    return _item(request, "exemplar", item)


def _item(request: HttpRequest, item_type: str, item: UUID) -> HttpResponse:
    """One query; a client that holds the current version costs a lookup without the text."""
    if "HTTP_IF_NONE_MATCH" in request.META:
        seq = selectors.public_seq(item_type, item)
        if seq is not None:
            etag = responses.etag_of("native", seq)
            unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PUBLIC)
            if unchanged is not None:
                return unchanged
    found = selectors.public_text(item_type, item)
    if found is None:
        raise _absence(item_type, item)
    seq, text = found
    content = native.absolute(text, settings.PUBLIC_BASE_URL)
    etag = responses.etag_of("native", seq)
    return responses.json_response(content, etag=etag, cache_control=responses.PUBLIC)


def _absence(item_type: str, item: UUID) -> Exception:
    release = selectors.withdrawal(item_type, item)
    if release is None:
        return NotFound(_("Không có mục công khai nào mang mã này."))
    return Withdrawn(
        release.data["title"],
        extra={"uuid": str(item), "kind": release.kind, "version": release.version},
    )


def _list(request: HttpRequest, item_type: str, params: ListParams) -> HttpResponse:
    head = selectors.head()
    # The lists say nothing that the ledger doesn't decide, filters included.
    etag = responses.etag_of("list", item_type, head, request.META.get("QUERY_STRING", ""))
    unchanged = responses.not_modified(request, etag=etag, cache_control=responses.PUBLIC)
    if unchanged is not None:
        return unchanged
    chosen = params.facets()
    if chosen:
        filters.ensure_current(head)
    try:
        page = selectors.public_page(
            item_type, filters=chosen, cursor=params.cursor, limit=params.limit
        )
    except cursors.CursorError as error:
        message = _("Con trỏ không phải của danh sách này.")
        raise BadParameter("cursor", "cursor", message) from error
    content = responses.listed(
        page.texts, settings.PUBLIC_BASE_URL, count=page.count, following=page.next
    )
    return responses.json_response(content, etag=etag, cache_control=responses.PUBLIC)
