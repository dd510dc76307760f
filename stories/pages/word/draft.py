"""A Word file → a draft story in a unit's section, with its pictures and the file itself."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath

import filetype
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form
from wagtail.models import PageSubscription
from wagtail.permissions import policy_registry

from media.models import File, Picture
from stories.pages.models import StoryPage, UnitSectionPage
from stories.pages.services.sections import ensure_collection
from stories.pages.word.document import Paragraph, Run
from stories.pages.word.legacy import Encoding
from stories.pages.word.outline import Figures, Heading, Illustration, Outline, Prose, outline
from stories.pages.word.package import UnusableFile
from stories.pages.word.reader import read
from stories.pages.word.transcribe import tidy, transcribe

TITLE_LENGTH, ALT_LENGTH = 255, 300


@dataclass(slots=True)
class Imported:
    """The new draft, and what the editor should know of how it was made."""

    page: StoryPage
    file: File
    outline: Outline
    encodings: Counter[Encoding]
    pictures: list[Picture] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)  # why, for each picture left out


def create_draft(*, section: UnitSectionPage, user, name: str, content: bytes) -> Imported:
    """Make a draft of a `.docx`: `name` is the file's name, `content` its bytes.

    All or nothing. Raises UnusableFile (a word for the editor), PermissionDenied.
    """
    if not may_create(section, user):
        raise PermissionDenied
    document = read(content)
    encodings = transcribe(document)
    story = outline(document)
    stem = " ".join(tidy(PurePath(name).stem).replace("_", " ").split())[:TITLE_LENGTH]
    if not story.title and not story.blocks:
        raise UnusableFile(_("Tệp không có chữ hay ảnh nào để đưa vào bài."))
    with transaction.atomic():  # files go with their rows (media.storing)
        keeper = Keeper(section, user, story.title or stem or _("Bài từ tệp Word"))
        body = keeper.body(story)
        file = keeper.keep_file(name, content)
        page = keeper.add_page(story, body)
    return Imported(page, file, story, encodings, list(keeper.kept.values()), keeper.refused)


def may_create(section: UnitSectionPage, user) -> bool:
    """Whether the user may add a story here, and pictures and files to the unit's collection."""
    if not section.permissions_for_user(user).can_add_subpage():
        return False
    if not StoryPage.can_create_at(section):
        return False
    suffix = f" [{section.unit.code}]"
    policies = (policy_registry.get_by_type(model) for model in (Picture, File))
    return all(
        policy.collections_user_has_permission_for(user, "add")
        .filter(name__endswith=suffix)
        .exists()
        for policy in policies
    )


class Keeper:
    """Stores the parts of one story."""

    def __init__(self, section: UnitSectionPage, user, title: str) -> None:
        self.section, self.user, self.title = section, user, title
        self.collection = ensure_collection(section.unit)
        self.kept: dict[str, Picture] = {}
        self.refused: list[str] = []

    def body(self, story: Outline) -> list[tuple[str, object]]:
        body: list[tuple[str, object]] = []
        for block in story.blocks:
            match block:
                case Prose():
                    body.append(("paragraph", block.html))
                case Heading():
                    body.append(("heading", block.text))
                case Figures():
                    items = [{"value": value, "label": label} for value, label in block.items]
                    body.append(("figures", items))
                case Illustration():
                    body += self.picture(block)
        return body

    def picture(self, block: Illustration) -> list[tuple[str, object]]:
        """The block of a picture; only its caption as text where the picture is refused."""
        digest = hashlib.sha256(block.shot.content).hexdigest()
        picture = self.kept.get(digest)
        if picture:  # the same picture again: stored once, each place with its own words
            texts = {"caption": block.caption, "credit": block.credit}
            return [("picture", {"picture": picture, **texts})]
        picture = self.keep_picture(block)
        if picture is None:
            caption = " ".join(filter(None, (block.caption, block.credit)))
            return [("paragraph", _caption_html(caption))] if caption else []
        self.kept[digest] = picture
        return [("picture", {"picture": picture, "caption": "", "credit": ""})]

    def keep_picture(self, block: Illustration) -> Picture | None:
        number = len(self.kept) + len(self.refused) + 1
        kind = filetype.guess_extension(block.shot.content) or "bin"
        title = f"{self.title[:200]} – {_('ảnh')} {number}"
        form = get_image_form(Picture)(
            {
                "title": title,
                "collection": self.collection.pk,
                "caption": block.caption,
                "credit": block.credit,
                "alt_text": block.shot.alt[:ALT_LENGTH],
                "terms": Picture._meta.get_field("terms").default,
            },
            {"file": SimpleUploadedFile(f"anh-{number}.{kind}", block.shot.content)},
            instance=Picture(uploaded_by_user=self.user),
            user=self.user,
        )
        if not form.is_valid():
            reasons = " ".join(" ".join(errors) for errors in form.errors.values())
            self.refused.append(_("ảnh %(number)d: %(why)s") % {"number": number, "why": reasons})
            return None
        return self._save(form)

    def keep_file(self, name: str, content: bytes) -> File:
        """The file as it came."""
        safe = get_valid_filename(PurePath(name).stem.strip(". ")[:80] or "bai") + ".docx"
        form = get_document_form(File)(
            {"title": f"{_('Bản Word')}: {self.title[:230]}", "collection": self.collection.pk},
            {"file": SimpleUploadedFile(safe, content)},
            instance=File(uploaded_by_user=self.user),
            user=self.user,
        )
        if not form.is_valid():
            raise UnusableFile(" ".join(" ".join(errors) for errors in form.errors.values()))
        return self._save(form)

    def _save(self, form):
        form.instance.collection = self.collection
        return form.save()

    def add_page(self, story: Outline, body: list[tuple[str, object]]) -> StoryPage:
        page = StoryPage(
            title=self.title,
            lead=story.lead,
            byline=story.byline,
            body=body,
            unit=self.section.unit,
            owner=self.user,
            live=False,
        )
        self.section.add_child(instance=page)
        page.save_revision(user=self.user, log_action=True)
        PageSubscription.objects.update_or_create(
            page=page, user=self.user, defaults={"comment_notifications": True}
        )
        return page


def _caption_html(text: str) -> str:
    return Prose([Paragraph([Run(text, italic=True)])]).html
