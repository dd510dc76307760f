"""Puts the demo content in: every page goes the real way of a story, nothing goes round it.

Stories of today's units: draft by the unit's editor, submitted, reviewed, approved by Ban Tuyên
giáo. Stories of units of the past: back-filled with an approval of the import kind, no news.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from media.models import Picture
from media.people import services
from media.services import draw_ahead
from stories.moderation import services as moderation
from stories.moderation.models import Approval
from stories.pages.models import (
    Award,
    Campaign,
    Content,
    ExemplarPage,
    NamedPerson,
    StoryExemplar,
    StoryPage,
    TargetGroup,
    Withdrawal,
)
from stories.pages.models.moderated import ModeratedPage
from stories.pages.services import sections
from stories.releases import services as releases
from stories.releases.models import Item
from stories.units.models import Unit
from stories.units.services import load_units
from stories.website.demo import consents, data, people
from stories.website.demo.data import Row
from stories.website.demo.pictures import draw

PICTURE_SIZE = (1200, 800)  # as wide as the widest web rendition
IN_REVIEW = ("unit_review", "board_approval", "returned")


def run(
    *,
    progress: Callable[[str], None] = str,
    limit: int | None = None,
    size: tuple[int, int] = PICTURE_SIZE,
) -> int:
    """Make what is missing of the demo content, a transaction a page. Number of pages made.

    `limit`: at most so many stories and exemplars of each state. `size`: of the pictures, pixels.
    """
    exemplars, stories = chosen(limit)
    work = [(ExemplarPage, row) for row in exemplars] + [(StoryPage, row) for row in stories]
    missing = [(model, row) for model, row in work if not _there(model, row)]
    if not missing:
        return 0
    maker = Maker(people.Cast(), size)
    prepare([row for _model, row in missing], maker.cast, progress)
    with silent_mail():
        for number, (model, row) in enumerate(missing, start=1):
            try:
                with transaction.atomic():
                    maker.make(model, row)
            except (PermissionDenied, ObjectDoesNotExist) as refusal:
                progress(f"[{number}/{len(missing)}] Bỏ qua “{row['title']}”: {refusal}")
                continue
            label = "Điển hình" if model is ExemplarPage else "Bài"
            progress(f"[{number}/{len(missing)}] {label}: {row['title']}")
    return len(missing)


def chosen(limit: int | None) -> tuple[list[Row], list[Row]]:
    """Exemplars and stories to make, oldest first; a story's exemplars always come with it."""

    def some(rows: list[Row]) -> list[Row]:
        seen: dict[str, int] = {}
        kept = []
        for row in rows:
            seen[row["state"]] = seen.get(row["state"], 0) + 1
            if limit is None or seen[row["state"]] <= limit:
                kept.append(row)
        return sorted(kept, key=lambda row: row["date"])

    stories = some(data.stories())
    told = {key for row in stories for key in row["exemplars"]}
    few = {row["key"] for row in some(data.exemplars())} | told
    exemplars = [row for row in data.exemplars() if row["key"] in few]
    return sorted(exemplars, key=lambda row: row["date"]), stories


def prepare(rows: list[Row], cast: people.Cast, progress: Callable[[str], None]) -> None:
    """Units, their sections and groups, and the accounts: whatever the pages stand on."""
    if not Unit.objects.exists():
        progress("Nạp danh sách đơn vị…")
        load_units()
    codes = {row["unit"] for row in rows} | {people.PROVINCE, "08494", "07900"}
    progress("Chuẩn bị đơn vị và tài khoản dùng thử…")
    sections.sync(Unit.objects.writing().filter(code__in=codes))
    for username in people.CAST:
        cast.account(username)


@contextmanager
def silent_mail() -> Iterator[None]:
    """Nobody is mailed about demo content."""
    before = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    try:
        yield
    finally:
        settings.EMAIL_BACKEND = before


def _there(model: type[ModeratedPage], row: Row) -> bool:
    """Whether it is there, or was once released: what the ledger knows isn't made again."""
    uuid = data.uuid_of(model.item_type, row["key"])
    return model.objects.filter(uuid=uuid).exists() or Item.objects.filter(pk=uuid).exists()


class Maker:
    """Makes pages one by one, as the people of their units would."""

    def __init__(self, cast: people.Cast, size: tuple[int, int]) -> None:
        self.cast, self.size = cast, size
        self.texts = data.pictures()

    def make(self, model: type[ModeratedPage], row: Row) -> None:
        unit = Unit.objects.get(code=row["unit"])
        past = not Unit.objects.writing().filter(pk=unit.pk).exists()
        author = self.cast.account("vanphong") if past else self.cast.editor_of(unit)
        page = self.draft(model, row, unit, author, past=past)
        state = row["state"]
        if past:
            self.back_fill(page)
        elif state in IN_REVIEW:
            self.review(page, row, author)
        elif state != "draft":
            self.publish(page, author)
        if state == "corrected":
            self.correct(page, row, author)
        elif state == "withdrawn":
            notice = Withdrawal("canceled", row["withdrawal_reason"], "consent")
            releases.withdraw(page=_fresh(page), withdrawal=notice, user=self.board(page))

    # -- the draft -----------------------------------------------------------------------------

    def draft(
        self, model: type[ModeratedPage], row: Row, unit: Unit, author: User, *, past: bool
    ) -> ModeratedPage:
        pictures = {key: self.picture(key, unit, author) for key in data.picture_keys(row)}
        page = model(
            uuid=data.uuid_of(model.item_type, row["key"]),
            title=row["title"],
            lead=row["lead"],
            byline=row.get("byline", ""),
            date=min(dt.date.fromisoformat(row["date"]), timezone.localdate()),
            kind=row["kind"],
            unit=unit,
            owner=author,
            live=False,
            group=TargetGroup.objects.get(code=row["group"]),
            lead_picture=pictures[row["picture"]],
            body=[block(item, pictures) for item in row["body"]],
            is_news=not past,
            source_id=f"mau:{row['key']}" if past else None,
        )
        self.tell_of(page, row, unit, author, past=past)
        page.contents = Content.objects.filter(code__in=row["contents"])
        page.campaigns = Campaign.objects.filter(code__in=row["campaigns"])
        if isinstance(page, ExemplarPage):
            page.role, page.stage = row["role"], row["stage"]
            page.direct_labour = row["direct_labour"]
            page.awards = [Award(**award) for award in row["awards"]]
        else:
            uuids = [data.uuid_of("exemplar", key) for key in row["exemplars"]]
            told = ExemplarPage.objects.filter(uuid__in=uuids)
            page.told_exemplars = [StoryExemplar(exemplar=exemplar) for exemplar in told]
        page.tags.add(*row["tags"])
        sections.ensure_section(unit).add_child(instance=page)
        log(instance=page, action="wagtail.create", user=author)
        page.save_revision(user=author, log_action=True)
        return _fresh(page)

    def tell_of(
        self, page: ModeratedPage, row: Row, unit: Unit, author: User, *, past: bool
    ) -> None:
        """Who is named. Nobody knows any more whom an old story of the archive tells of."""
        if past:
            return
        people = [consents.person(name, unit, author, row) for name in consents.names(row)]
        page.names_nobody = not people
        page.named_people = [NamedPerson(person=person) for person in people]
        if isinstance(page, ExemplarPage) and page.kind == "individual":
            page.person = people[0]
            if row["picture"].startswith("chan-dung-"):
                services.set_depicted(picture=page.lead_picture, people=[page.person])
                Picture.objects.filter(pk=page.lead_picture.pk).update(no_recognisable_person=False)

    def picture(self, key: str, unit: Unit, author: User) -> Picture:
        """The picture, drawn and stored in the unit's collection when first used."""
        uuid = data.uuid_of("picture", key)
        found = Picture.objects.filter(uuid=uuid).first()
        if found is not None:
            return found
        texts = self.texts[key]
        out = io.BytesIO()
        draw(key, self.size).save(out, "JPEG", quality=90, optimize=True)
        made = Picture.objects.create(
            uuid=uuid,
            title=texts["title"],
            caption=texts["caption"],
            credit=texts["credit"],
            alt_text=texts["alt"],
            file=ContentFile(out.getvalue(), f"{key}.jpg"),
            no_recognisable_person=True,  # but for portraits: faces are drawn without features
            collection=sections.ensure_collection(unit),
            uploaded_by_user=author,
        )
        draw_ahead(made)
        return made

    # -- its way -------------------------------------------------------------------------------

    def board(self, page: ModeratedPage) -> User:
        """One of the two of Ban Tuyên giáo, by turns."""
        return self.cast.account("tuyengiao2" if page.pk % 3 == 0 else "tuyengiao")

    def back_fill(self, page: ModeratedPage) -> None:
        """Out of the archive of a unit that is no more."""
        board = self.board(page)
        moderation.approve(page=page, user=board, route=Approval.Route.IMPORT)
        page.latest_revision.publish(user=board, skip_permission_checks=True)

    def publish(self, page: ModeratedPage, author: User) -> None:
        page = submit(page, author)
        page = act(page, self.cast.reviewer_of(page.unit), "approve")
        act(page, self.board(page), "approve")

    def review(self, page: ModeratedPage, row: Row, author: User) -> None:
        """As far as the row says: waiting for one of the two steps, or returned by one."""
        page = submit(page, author)
        if row["state"] == "unit_review":
            return
        reviewer = self.cast.reviewer_of(page.unit)
        returned = {"reason": row.get("return_code"), "comment": row.get("return_reason")}
        if row["state"] == "returned" and page.unit.code == "08494":
            act(page, reviewer, "reject", **returned)
            return
        page = act(page, reviewer, "approve")
        if row["state"] == "returned":
            act(page, self.board(page), "reject", **returned)

    def correct(self, page: ModeratedPage, row: Row, author: User) -> None:
        """The editor mends the published text; the corrected text goes the whole way again."""
        page, change = _fresh(page), row["correction"]
        pictures = {key: self.picture(key, page.unit, author) for key in data.picture_keys(row)}
        page.body = [
            block(
                {
                    name: value.replace(change["find"], change["replace"])
                    if isinstance(value, str)
                    else value
                    for name, value in item.items()
                },
                pictures,
            )
            for item in row["body"]
        ]
        page.correction_note = change["note"]
        page.save_revision(user=author, log_action=True)
        self.publish(_fresh(page), author)


def block(item: Row, pictures: dict[str, Picture]) -> tuple[str, object]:
    """A block of the files as the body's stream takes it."""
    match item["type"]:
        case "paragraph":
            return "paragraph", item["html"]
        case "heading":
            return "heading", item["text"]
        case "quote":
            return "quote", {"text": item["text"], "attribution": item["attribution"]}
        case "figures":
            return "figures", item["items"]
        case "picture":
            return "picture", {"picture": pictures[item["picture"]], "caption": "", "credit": ""}
    raise ValueError(item["type"])


def submit(page: ModeratedPage, author: User) -> ModeratedPage:
    page.get_workflow().start(page, author)
    return _fresh(page)


def act(page: ModeratedPage, user: User, action: str, **said: object) -> ModeratedPage:
    """Approve or return at the page's current step, as the admin's button does.

    The approver of demo content has looked at everything that the checklist asks to look at.
    """
    state = page.current_workflow_task_state
    if action == "approve":
        problems = page.get_latest_revision_as_object().publication_problems()
        said["accepted"] = [found.code for found in problems if not found.is_red]
    state.task.specific.on_action(state, user, action, **said)
    return _fresh(page)


def _fresh(page: ModeratedPage) -> ModeratedPage:
    return type(page).objects.get(pk=page.pk)
