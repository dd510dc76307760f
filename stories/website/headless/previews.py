"""Preview links: who may make one, what it opens, what ends it.

A link shows what its maker could show on a screen, so it lives no longer than that: it ends with
her right to edit the page. It also ends when the page is released, withdrawn or deleted: from then
on the ledger alone says what may be read, and an old draft must not be taken for it.

A token is a key: it is stored nowhere and written to no log, and opens one revision, nothing else.
The files of its pictures have tokens of their own, which end with it; nothing becomes public.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit.actions import Action
from accounts.audit.services import record
from media.models import Picture
from media.services import web_renditions
from stories.pages import content as contents
from stories.pages.models.moderated import ModeratedPage
from stories.releases import payload as payloads
from stories.releases.models import Item, Release
from stories.releases.services import PREFIX
from stories.website import selectors
from stories.website.headless import addresses, documents
from stories.website.headless.errors import NoPreview, PreviewOver
from stories.website.headless.models import PreviewLink
from stories.website.structured import absolute

PICTURES = "/api/v1/preview/picture/"
KEPT = timedelta(days=30)  # after its end, to say that it has ended; the next link sweeps
# “.” keeps the address one link in chats, which end it at a colon.
_links = Signer(salt="stories.website.headless.preview", sep=".")
_files = Signer(salt="stories.website.headless.preview_picture", sep=".")


@dataclass(frozen=True)
class Opened:
    """What an open link shows: `draft` is the page as its revision has it."""

    link: PreviewLink
    draft: ModeratedPage


def is_offered() -> bool:
    """Whether there is a front end that shows previews."""
    return bool(settings.HEADLESS_PREVIEW_URL)


def may_show(page: ModeratedPage, user) -> bool:
    """Whether the user may make (and keep open) links to drafts of the page."""
    is_staff = user.is_active and user.has_perm("wagtailadmin.access_admin")
    return bool(is_staff and page.permissions_for_user(user).can_edit())


def has_draft(page: ModeratedPage) -> bool:
    """Whether there is a text that isn't public, and may be."""
    if not page.latest_revision_id or (page.live and not page.has_unpublished_changes):
        return False
    return not Item.objects.filter(pk=page.uuid, kind=Release.Kind.CANCELED).exists()


@transaction.atomic
def make(*, page: ModeratedPage, user) -> PreviewLink:
    """A link to the page's latest revision. Raises PermissionDenied."""
    if not (is_offered() and may_show(page, user) and has_draft(page)):
        raise PermissionDenied(_("Bài này không có bản nháp để bạn cho xem trước."))
    now = timezone.now().replace(microsecond=0)
    PreviewLink.objects.filter(expires_at__lt=now - KEPT).delete()
    draft = page.latest_revision.as_object()
    link = PreviewLink.objects.create(
        revision=page.latest_revision,
        item=page.uuid,
        version=_version(page.uuid),
        sha256=draft.content_sha256(),
        made_by=user,
        created_at=now,
        expires_at=now + timedelta(hours=settings.HEADLESS_PREVIEW_HOURS),
    )
    told = {"link": link.pk, "page": page.pk, "revision": link.revision_id}
    until = {"expires": link.expires_at.isoformat(timespec="minutes")}
    record(action=Action.PREVIEW_CREATED, target=f"item:{page.uuid}", actor=user, data=told | until)
    return link


def token(link: PreviewLink) -> str:
    return _links.sign_object([link.pk, int(link.expires_at.timestamp())])


def address(link: PreviewLink) -> str:
    """Where the front end shows it."""
    url = settings.HEADLESS_PREVIEW_URL
    sign = "&" if urlsplit(url).query else "?"
    return f"{url}{sign}{urlencode({'token': token(link)})}"


def opened(text: str) -> Opened:
    """Ask everything anew. Raises NoPreview, PreviewOver, each saying why in courteous words."""
    return _opened(*_read(_links, text, 2))


def _opened(pk: int, ends: int) -> Opened:
    related = ("made_by", "revision__content_type")
    link = PreviewLink.objects.select_related(*related).filter(pk=pk).first()
    page = link and link.revision.content_object
    if link is None or page is None or int(link.expires_at.timestamp()) != ends:
        raise PreviewOver(_("Bản nháp này không còn nữa. Xin hỏi lại người đã gửi liên kết."))
    if link.is_expired:
        raise PreviewOver(_("Liên kết xem trước đã hết hạn. Xin hỏi người gửi để có liên kết mới."))
    if _version(link.item) != link.version:
        raise PreviewOver(
            _("Bài đã được đăng hoặc thu hồi sau khi có liên kết này. Mời xem trên trang web.")
        )
    if not may_show(page, link.made_by):
        raise NoPreview(_("Người gửi liên kết này không còn phụ trách bài. Xin hỏi lại đơn vị."))
    draft = link.revision.as_object()
    if draft.content_sha256() != link.sha256:
        raise PreviewOver(_("Bản nháp đã được sửa tiếp. Xin hỏi người gửi để có liên kết mới."))
    return Opened(link, draft)


def document(found: Opened) -> documents.Document:
    """The draft in the shape of a page (see `schemas.Page`)."""
    link, draft = found.link, found.draft
    content = contents.content(draft)
    content["pictures"] = _showable(content["pictures"])
    files = _renditions(content["pictures"], lambda name: picture_address(link, name))
    told = [{"uuid": uuid} for uuid in content.get("exemplars", [])]
    payload = payloads.public(content, _envelope(link, draft), files, told)
    exemplars = selectors.told_in(payload) if draft.item_type == Item.Type.STORY else []
    around = addresses.around_of(payload, exemplars, [])
    shown = documents.Around({*around.public, *files}, exemplars)
    until = {
        "saved_at": payloads.instant(link.revision.created_at),
        "expires_at": payloads.instant(link.expires_at),
    }
    return documents.draft(payload, addresses.trail(draft.item_type), shown, until)


def picture_address(link: PreviewLink, name: str) -> str:
    signed = _files.sign_object([link.pk, int(link.expires_at.timestamp()), name])
    return f"{absolute(PICTURES)}?{urlencode({'token': signed})}"


def picture_file(text: str) -> str:
    """The storage name of the one file that a picture's token opens. Raises as `opened` does."""
    pk, ends, name = _read(_files, text, 3)
    shots = _showable(contents.pictures(_opened(pk, ends).draft))
    if name not in {one["file"] for made in _renditions(shots, str).values() for one in made}:
        raise NoPreview(_("Ảnh này không có trong bản xem trước."))
    return name


def _read(signer: Signer, text: str, length: int) -> list:
    try:
        values = signer.unsign_object(text)
    except (BadSignature, ValueError) as error:
        raise NoPreview(
            _("Liên kết xem trước không đúng. Xin kiểm tra lại, hoặc hỏi người đã gửi.")
        ) from error
    if len(values) != length:
        raise NoPreview(_("Liên kết xem trước không đúng."))
    return values


def _version(item) -> int:
    return Item.objects.filter(pk=item).values_list("version", flat=True).first() or 0


def _showable(pictures: list[dict]) -> list[dict]:
    """Without those that were withdrawn for good: someone in them took back her yes."""
    uuids = [one["uuid"] for one in pictures]
    gone = Item.objects.filter(pk__in=uuids, kind=Release.Kind.CANCELED)
    canceled = {str(uuid) for uuid in gone.values_list("pk", flat=True)}
    return [one for one in pictures if one["uuid"] not in canceled]


def _renditions(pictures: list[dict], at: Callable[[str], str]) -> dict[str, list[dict]]:
    """uuid → its web renditions, each file at the address that `at` gives its name."""
    uuids = [one["uuid"] for one in pictures]
    found = Picture.objects.filter(uuid__in=uuids).prefetch_related("renditions")
    return {
        str(picture.uuid): [one | {"href": at(one["file"])} for one in web_renditions(picture)]
        for picture in found
    }


def _envelope(link: PreviewLink, draft: ModeratedPage) -> dict:
    """What releasing would add, with an address that the page has or would have."""
    item = Item.objects.filter(pk=link.item).first()
    saved = payloads.instant(link.revision.created_at)
    return {
        "uri": absolute(f"/id/{link.item}"),
        "version": link.version + 1,
        "kind": Release.Kind.CORRECTION if item and item.is_public else Release.Kind.USABLE,
        "released_at": saved,
        "first_released_at": payloads.instant(item.first_released_at) if item else saved,
        "href": item.path if item else f"{PREFIX[draft.item_type]}{draft.slug}/",
    }
