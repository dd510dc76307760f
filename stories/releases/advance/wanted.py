"""What may be sent early at this moment: asked of the page, its schedule and its approval."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from stories.pages.checklist import consent
from stories.pages.models import ExemplarPage, StoryPage
from stories.pages.models.moderated import Approved, NotAgreed, NotApproved, approved
from stories.releases.ledger import Refused
from stories.releases.models import Release
from stories.releases.services import refuse_canceled

Reason = Release.Reason


@dataclass(frozen=True, slots=True)
class Wanted:
    """An approved text with its time of publication, and for what everyone in it agreed."""

    ready: Approved
    until: datetime
    purposes: list[str]


@dataclass(frozen=True, slots=True)
class Unwanted:
    """Why nothing may be sent: `kind` and `reason` as of a withdrawal, `note` for the press."""

    kind: str
    reason: str
    note: str


def wanted(uuid: UUID) -> Wanted | Unwanted:
    """Asks what the publication itself will ask, so that nothing is sent that won't be published
    as things stand."""
    page = page_of(uuid)
    if page is None:
        return Unwanted("canceled", Reason.END, _("Bài không còn được công bố."))
    revision = page.revisions.exclude(approved_go_live_at=None).order_by("-pk").first()
    if revision is None:
        return Unwanted("withheld", Reason.SUSPENSION, _("Giờ công bố đã được hủy."))
    try:
        (ready,) = approved([revision.as_object()])
        refuse_canceled([ready])
    except NotAgreed:
        note = _("Người trong bài chưa đồng ý, hoặc đã rút lại sự đồng ý.")
        return Unwanted("withheld", Reason.CONSENT, note)
    except NotApproved:
        note = _("Bài đang được xem lại, chưa được phép công bố.")
        return Unwanted("withheld", Reason.SUSPENSION, note)
    except Refused:
        return Unwanted("withheld", Reason.SUSPENSION, _("Ảnh trong bài đã thu hồi."))
    (purposes,) = consent.purposes([ready.content])
    return Wanted(ready, whole_second(revision.approved_go_live_at), purposes)


def page_of(uuid: UUID) -> StoryPage | ExemplarPage | None:
    for model in (StoryPage, ExemplarPage):
        if page := model.objects.filter(uuid=uuid).select_related("unit").first():
            return page
    return None


def whole_second(moment: datetime) -> datetime:
    """Not before the moment itself."""
    return (moment + timedelta(microseconds=999_999)).replace(microsecond=0)
