"""Texts that are withheld until someone who said no is out of them: who is to mend them sees them
on the home page and, when one is opened, what is left to do. A notice is read once and gone."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import WorkflowState, get_default_page_content_type

from stories.pages.desk.panels import DeskPanel
from stories.pages.models import ExemplarPage, StoryPage
from stories.pages.models.moderated import ModeratedPage
from stories.releases.models import Item, Release
from stories.units.models import Unit


def _withheld():
    """Items that may come back without the person."""
    return Item.objects.filter(
        kind=Release.Kind.WITHHELD, current__reason=Release.Reason.CONSENT
    ).exclude(type=Item.Type.PICTURE)


def to_mend(units: list[Unit]) -> list[ModeratedPage]:
    """Of these units, those that nobody has sent again; the longest withheld first. One query where
    nothing in the province is withheld."""
    uuids = list(_withheld().values_list("pk", flat=True))
    if not uuids:
        return []
    at_work = WorkflowState.objects.active().filter(
        object_id=Cast(OuterRef("pk"), CharField()),
        base_content_type=get_default_page_content_type(),
    )
    found = [
        page
        for model in (StoryPage, ExemplarPage)
        for page in model.objects.filter(uuid__in=uuids, unit__in=units, live=False).exclude(
            Exists(at_work)
        )
    ]
    return sorted(found, key=lambda page: (page.latest_revision_created_at, page.pk))


class WithheldPanel(DeskPanel):
    order, template_name = 25, "releases/desk_withheld.html"

    @cached_property
    def pages(self) -> list[ModeratedPage]:
        return to_mend(self.desk.edits) if self.desk.edits else []

    @property
    def wanted(self) -> bool:
        return bool(self.pages)

    def told(self) -> dict[str, Any]:
        return {"withheld": self.pages}


@hooks.register("construct_homepage_panels", order=100)
def withheld_panel(request, items: list) -> None:
    """After the desk's own panels, whose knowledge of the person's offices it shares."""
    ours = [panel for panel in items if isinstance(panel, DeskPanel)]
    if ours and (panel := WithheldPanel(ours[0].desk)).wanted:
        items.append(panel)


@hooks.register("before_edit_page", order=90)
def tell_what_to_mend(request, page) -> None:
    """Whoever opens a withheld text reads why, and that the red points must go; whoever opens one
    that is gone for good, that no approval would bring it back."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    if not isinstance(page, ModeratedPage) or page.live:
        return
    if Item.objects.filter(pk=page.uuid, kind=Release.Kind.CANCELED).exists():
        words = _("Bài này đã thu hồi hẳn, không đăng lại được. Muốn viết tiếp, hãy tạo bài mới.")
        messages.warning(request, words)
    elif _withheld().filter(pk=page.uuid).exists():
        messages.warning(request, _what_is_left(page))


def _what_is_left(page: ModeratedPage) -> str:
    red = [one.message for one in page.publication_problems() if one.is_red]
    why = _(
        "Bài đang tạm gỡ vì có người trong bài rút lại sự đồng ý. Sửa để không còn nêu người "
        "ấy, rồi gửi duyệt: được duyệt, bài trở lại đúng địa chỉ cũ."
    )
    return " ".join([why, *([_("Còn phải sửa:"), *red] if red else [])])
