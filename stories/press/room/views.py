"""An item's page, and the ways to take it along."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from stories.press import pictures
from stories.press.api import kits as kits_api
from stories.press.api.formats import Format, document
from stories.press.auth import Caller
from stories.press.errors import NotAgreed, NotFound, OutOfRange, PreconditionFailed, Withdrawn
from stories.press.faces import blocks, house, text
from stories.press.kits.services import make
from stories.press.models import PressKit
from stories.press.room import items, pages, taking
from stories.press.room.access import signed_in
from stories.press.room.items import Shown

WITHOUT_PICTURES = (Format.TEXT, Format.RADIO)


@require_safe
@signed_in
def item(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """`/bao-chi/bai/<uuid>/`: 410 with the notice alone for what is withdrawn."""
    shown = items.current(request.press_person.client, uuid)
    if shown.is_withdrawn:
        context = {"notice": shown.payload}
        return pages.show(request, "press/room/withdrawn.html", context, status=410)
    if request.method == "GET":
        _record(request, shown, taking.VIEW, seqs=shown.seqs)
    payload = shown.payload
    mine = taking.last(request.press_person.client, [uuid])
    context = {
        "item": payload,
        "body": shown.body,
        "press": house.rendition(payload),
        "pictures": payload.get("pictures", []),
        "taken": mine.get(uuid),
        "is_early": shown.is_early,
        "for_people": taking.FOR_PEOPLE,
        "for_systems": taking.FOR_SYSTEMS,
    }
    return pages.show(request, "press/room/item.html", context)


@require_safe
@signed_in
def copy(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """`/bao-chi/bai/<uuid>/chep/`: the plain text in a field, to be marked and copied."""
    shown = items.current(request.press_person.client, uuid)
    if shown.is_withdrawn:
        return redirect("press_room_item", uuid)
    if request.method == "GET":
        _record(request, shown, taking.COPY, seqs=shown.seqs[:1])
    said = text.render(shown.payload, settings.PUBLIC_BASE_URL)
    context = {"item": shown.payload, "text": said, "zalo": text.ZALO_LIMIT}
    return pages.show(request, "press/room/copy.html", context)


@require_safe
@signed_in
def download(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """`/bao-chi/bai/<uuid>/tai/<format>/`: a file in any format of the API."""
    if name not in Format.__members__.values():
        raise Http404
    shown, wanted = items.current(request.press_person.client, uuid), Format(name)
    if shown.is_withdrawn:
        return redirect("press_room_item", uuid)
    made = document(shown.text, wanted, settings.PUBLIC_BASE_URL)
    seqs = shown.seqs[:1] if wanted in WITHOUT_PICTURES else shown.seqs
    if request.method == "GET":
        _record(request, shown, name, seqs=seqs)
    ending = taking.ENDINGS.get(wanted, "json")
    response = HttpResponse(made.content, content_type=made.content_type)
    filename = f"{_file_name(shown)}-v{shown.payload['version']}-{name}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


@require_safe
@signed_in
def jpeg(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """`/bao-chi/bai/<uuid>/tai/anh.jpg`: a picture to print, by its own uuid."""
    shown = items.current(request.press_person.client, uuid)
    rendition = house.rendition(shown.payload)
    if shown.is_withdrawn:
        return redirect("press_room_item", uuid)
    if rendition is None:
        raise Http404
    content = pictures.jpegs(shown.payload).get(str(uuid))
    if content is None:
        raise Http404
    if request.method == "GET":
        _record(request, shown, taking.JPEG, seqs=shown.seqs)
    name = f"anh-{str(uuid)[:8]}.jpg"
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=house.JPEG
    )


@require_safe
@signed_in
def kit(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """`/bao-chi/goi/<uuid>.zip`: the newsroom's copy, as the API gives it; `kind=text`: text."""
    person = request.press_person
    kind = PressKit.Kind.TEXT if request.GET.get("kind") == "text" else PressKit.Kind.FULL
    caller = Caller(0, person.client_id, person.client.kind, None, embargo=person.client.embargo)
    try:
        made = make(caller=caller, uuid=uuid, kind=kind)
    except Withdrawn:
        return redirect("press_room_item", uuid)
    except (NotFound, NotAgreed) as error:
        raise Http404 from error
    try:
        response = kits_api.answer(request, person.client_id, made)
    except (OutOfRange, PreconditionFailed) as error:
        made.packed.file.close()
        return HttpResponse(status=error.status, headers=error.headers)
    except BaseException:
        made.packed.file.close()
        raise
    if request.method == "GET" and _is_beginning(response):
        shown = items.current(person.client, uuid)
        taken = taking.KIT_TEXT if kind == PressKit.Kind.TEXT else taking.KIT
        _record(request, shown, taken)
    return response


def _is_beginning(response: HttpResponseBase) -> bool:
    """Neither a 304 nor a later piece of the same download."""
    return response.status_code == 200 or response.headers.get("Content-Range", "").startswith(
        "bytes 0-"
    )


def _record(request: HttpRequest, shown: Shown, taken: str, seqs=()) -> None:
    payload = shown.payload
    taking.record(request.press_person, payload["uuid"], payload["version"], taken, seqs=seqs)


def _file_name(shown: Shown) -> str:
    slug = blocks.slug(shown.payload)
    return slug if slug.isascii() else shown.payload["uuid"][:8]
