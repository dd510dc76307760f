"""The abstract page behind stories and exemplars: what may be public only by approval."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelsearch import index
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.fields import StreamField
from wagtail.log_actions import LogContext
from wagtail.models import COMMENTS_RELATION_NAME, Page

from accounts.audit import services as audit
from media.models import Picture
from stories.moderation import services as moderation
from stories.moderation.models import Approval
from stories.moderation.reasons import WithdrawalReason
from stories.pages import content, signals, slugs
from stories.pages.blocks import BodyBlock
from stories.pages.checklist import Problem, consent, publication_problems
from stories.pages.comments.keeping import keep
from stories.pages.forms import DraftCopyForm, ModeratedPageForm
from stories.pages.models.terms import Campaign, Content, TargetGroup
from stories.pages.permissions import ModeratedPagePermissionTester
from stories.pages.preview import preview_context
from stories.units.models import Unit

# Saves of these fields alone change nothing that is public (Wagtail's own bookkeeping).
BOOKKEEPING = frozenset(
    {
        "latest_revision",
        "latest_revision_created_at",
        "has_unpublished_changes",
        "draft_title",
        "locked",
        "locked_at",
        "locked_by",
        "wagtail_admin_comments",
        "owner",
    }
)


class NotApproved(PermissionDenied):
    """The text isn't approved by Ban Tuyên giáo, so it can't become or stay public."""


class NotAgreed(NotApproved):
    """Someone shown or named hasn't agreed, or no longer; the message says who."""


@dataclass(frozen=True, slots=True)
class Approved:
    """A page with its content and the approval of exactly this content."""

    page: ModeratedPage
    content: dict
    sha256: str
    approval: Approval


def approved(pages: Sequence[ModeratedPage]) -> list[Approved]:
    """The guard that every page passes before it is live, as it is in memory.

    Raises NotApproved for a page without Ban Tuyên giáo's approval of exactly its content, and
    NotAgreed where someone shown or named lacks a consent that is valid today; but for what is
    imported: old stories come without a record of who is in them. As many queries for all pages
    as for one.
    """
    contents = [content.content(page) for page in pages]
    hashes = [content.sha256(found) for found in contents]
    uuids = [page.uuid for page in pages]
    approvals = Approval.objects.filter(item__in=uuids).select_related("approved_by").order_by("pk")
    by_text = {(approval.item, approval.sha256): approval for approval in approvals}
    for page, sha256 in zip(pages, hashes, strict=True):
        if (page.uuid, sha256) not in by_text:
            raise NotApproved(
                _("“%(title)s” chưa được Ban Tuyên giáo phê duyệt đúng bản này, chưa đăng được.")
                % {"title": page.title}
            )
    asked = [
        (page, found)
        for page, found, sha256 in zip(pages, contents, hashes, strict=True)
        if by_text[page.uuid, sha256].route != Approval.Route.IMPORT
    ]
    if refused := consent.refusals(asked):
        raise NotAgreed(" ".join(found.message for found in refused))
    return [
        Approved(page, found, sha256, by_text[page.uuid, sha256])
        for page, found, sha256 in zip(pages, contents, hashes, strict=True)
    ]


# A picture that a correction drops has come to its end there, and may be used in another story. A
# text is only withheld when someone in it takes back her yes: it may live without her, so a
# corrected version can come back under its id. Her own profile and her pictures can't.
FOR_NOW = (WithdrawalReason.SUSPENSION, WithdrawalReason.END, WithdrawalReason.CONSENT)
FOR_GOOD = (WithdrawalReason.ERROR, WithdrawalReason.CONSENT, WithdrawalReason.END)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How a page ceases to be public: `kind` is "canceled" (for good) or "withheld" (for now).

    `reason` is a sentence for the press, `reason_code` the type (a `WithdrawalReason`); without it,
    what is withheld is suspended, what is canceled has come to its end. `takedown` is the id of the
    one that it is part of, if it's part of one.
    """

    kind: str
    reason: str
    reason_code: str = ""
    takedown: int | None = None

    def __post_init__(self) -> None:
        for_now = self.kind == "withheld"
        if not self.reason_code:
            code = WithdrawalReason.SUSPENSION if for_now else WithdrawalReason.END
            object.__setattr__(self, "reason_code", code)
        allowed = FOR_NOW if for_now else FOR_GOOD
        if self.kind not in ("withheld", "canceled") or self.reason_code not in allowed:
            raise ValueError(f"a {self.kind} item can't have the reason {self.reason_code!r}")

    @classmethod
    def typed(cls, reason_code: str, reason: str) -> Withdrawal:
        """By its type alone: what is suspended is withheld, all else is canceled."""
        for_now = reason_code == WithdrawalReason.SUSPENSION
        return cls("withheld" if for_now else "canceled", reason, reason_code)


class ModeratedPage(Page):
    """Public only by a recorded approval of exactly its content, whichever route sets it live.

    The check sits in `save()`, the one place through which publishing, scheduling, copying,
    aliasing, reverting and shell code all set a page live.
    """

    uuid = models.UUIDField(_("mã bài"), default=uuid.uuid4, unique=True, editable=False)
    source_id = models.CharField(
        _("mã nguồn"), max_length=120, null=True, unique=True, editable=False
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    lead = models.TextField(
        _("sa-pô"),
        blank=True,
        max_length=600,
        help_text=_("Hai, ba câu mở đầu nói điều đáng kể nhất."),
    )
    body = StreamField(BodyBlock(), verbose_name=_("nội dung"), blank=True)
    lead_picture = models.ForeignKey(
        Picture,
        verbose_name=_("ảnh đại diện"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    date = models.DateField(_("ngày"), default=timezone.localdate)
    byline = models.CharField(_("tác giả"), max_length=120, blank=True)
    group = models.ForeignKey(
        TargetGroup,
        verbose_name=_("nhóm đối tượng"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contents = ParentalManyToManyField(
        Content, verbose_name=_("nội dung thi đua"), blank=True, related_name="+"
    )
    campaigns = ParentalManyToManyField(
        Campaign, verbose_name=_("cuộc vận động"), blank=True, related_name="+"
    )
    names_nobody = models.BooleanField(
        _("bài không nêu tên hoặc kể về một người cụ thể nào"),
        default=False,
        help_text=_("Đánh dấu khi bài chỉ nói về tập thể, mô hình, cách làm."),
    )
    correction_note = models.CharField(
        _("nội dung đính chính"),
        max_length=300,
        blank=True,
        help_text=_("Khi sửa bài đã đăng: nói rõ đã sửa gì. Bạn đọc và báo chí sẽ thấy."),
    )
    is_news = models.BooleanField(_("tin mới"), default=True, editable=False)

    search_fields = [*Page.search_fields, index.SearchField("desk_text")]
    item_type = ""
    parent_page_types = ["pages.UnitSectionPage"]
    subpage_types: list[str] = []
    base_form_class = ModeratedPageForm
    copy_form_class = DraftCopyForm
    exclude_fields_in_copy = ["uuid", "source_id", "correction_note", "is_news"]
    promote_panels: list = []
    settings_panels: list = []

    class Meta:
        abstract = True

    def own_content(self) -> dict:
        """The content that only this type of page has."""
        raise NotImplementedError

    @property
    def exemplar_kind(self) -> dict[str, str] | None:
        if not self.kind:
            return None
        return {"code": self.kind, "name": str(self.get_kind_display())}

    @property
    def status_string(self) -> str:
        """What lists of pages say of it: what was public is no draft like any other."""
        was_public = not self.live and self.first_published_at is not None
        if was_public and not (self.expired or self.approved_schedule):
            return _("đã gỡ")
        return super().status_string

    def content_sha256(self) -> str:
        """Hash of the public content as it is in memory: what an approval is bound to."""
        return content.sha256(content.content(self))

    def publication_problems(self) -> list[Problem]:
        """What the checklist finds in the text as it is in memory; the gate asks it."""
        return publication_problems(self)

    @property
    def desk_text(self) -> str:
        """The words of the latest draft, by which staff find the page in the admin."""
        draft = self.get_latest_revision_as_object() if self.has_unpublished_changes else self
        body = draft.body.stream_block.get_searchable_content(draft.body)
        return "\n".join((draft.title, draft.byline, draft.lead, *body))

    def get_url_parts(self, request=None):
        """Wagtail's “view live” leads to the stable address, which redirects to the story."""
        parts = super().get_url_parts(request)
        return parts and (parts[0], settings.PUBLIC_BASE_URL, f"/id/{self.uuid}/")

    def get_admin_display_title(self) -> str:
        """Choosers show live pages to all units: a title that isn't approved yet isn't told."""
        return self.title if self.live else super().get_admin_display_title()

    def serve_preview(self, request, mode_name: str):
        return render(request, "pages/preview.html", preview_context(self))

    def permissions_for_user(self, user) -> ModeratedPagePermissionTester:
        return ModeratedPagePermissionTester(user, self)

    def _set_core_field_defaults(self) -> None:
        # As Wagtail's: which addresses are taken is known at the page's place in the tree alone.
        if not self.slug and self.path:
            self.slug = self._get_autogenerated_slug(slugs.of_title(self.title))
        if self._state.adding and self.path:
            self.unit = self.get_parent().specific.unit
        super()._set_core_field_defaults()

    def clean(self) -> None:
        super().clean()
        if self.date and self.date > timezone.localdate():
            raise ValidationError({"date": _("Ngày của bài không được ở tương lai.")})

    @transaction.atomic
    def publish(self, *args, **kwargs):
        """As Wagtail's, but whole or not at all: what fails at its time is still due."""
        return super().publish(*args, **kwargs)

    @transaction.atomic
    def save(self, *args, **kwargs):
        """As Wagtail's; a live page demands its approval first, an alias has none (NotApproved).

        Saving a live page whose content stays as it is asks for nothing and releases nothing.
        """
        keep(self)
        fields = kwargs.get("update_fields")
        if fields is not None and set(fields) <= BOOKKEEPING:
            return super().save(*args, **kwargs)
        if self.alias_of_id:
            raise NotApproved(_("Bài không có bản theo gương. Hãy chép thành bài nháp mới."))
        stored = self.pk and type(self)._base_manager.filter(pk=self.pk, live=True).first()
        ready = None
        if self.live and stored and self._same_as(stored):
            return super().save(*args, **kwargs)
        if self.live or stored:
            audit.lock()  # before the page's own row: whoever withdraws takes them in this order
        if self.live:
            if self.unit_id is None:
                self._set_core_field_defaults()
            ready = approved([self])
        result = super().save(*args, **kwargs)
        if ready:
            signals.going_public.send(sender=type(self), pages=ready)
        elif stored:
            self.left_the_public()
        return result

    def _same_as(self, stored: ModeratedPage) -> bool:
        """Whether saving would change neither the revision that is live nor the content."""
        return (
            self.live_revision_id == stored.live_revision_id
            and self.content_sha256() == stored.content_sha256()
        )

    def with_content_json(self, data):
        """As Wagtail's; a page that was never public is of the unit in whose section it lies."""
        draft = super().with_content_json(data)
        if self.first_published_at is None:
            draft.unit = self.unit
        return draft

    def left_the_public(self) -> None:
        self._left = True
        withdrawal = getattr(self, "_withdrawal", None) or Withdrawal(
            "canceled", str(_("Bài đã ngừng đăng."))
        )
        signals.gone_private.send(sender=type(self), page=self, withdrawal=withdrawal)

    def withdraw(self, withdrawal: Withdrawal, user) -> None:
        """Take the page from the public, saying how and why. The caller asks who may."""
        self._withdrawal = withdrawal
        with LogContext(user=user):
            UnpublishPageAction(self, user=user).execute(skip_permission_checks=True)

    @transaction.atomic
    def save_revision(self, user=None, **kwargs):
        """As Wagtail's, but a form that changed nothing but comments makes no revision: whoever
        comments is no author, and what was approved stays approved.

        A revision that was reviewed, or that another person wrote, is never written over.
        """
        if getattr(self, "comments_changed", False) and self._same_as_latest():
            return self._save_comments()
        if self.live:
            audit.lock()  # before the page's own row, as in `save`
        over = kwargs.get("overwrite_revision")
        if over and over.pk == self.latest_revision_id and self._must_stay(over, user):
            kwargs["overwrite_revision"] = None
        revision = super().save_revision(user=user, **kwargs)
        moderation.edited(self, user)
        with LogContext(user=user or audit.acting()):
            signals.draft_saved.send(sender=type(self), page=self)
        return revision

    def _same_as_latest(self) -> bool:
        latest = self.latest_revision
        return bool(latest) and latest.as_object().content_sha256() == self.content_sha256()

    def _must_stay(self, revision, user) -> bool:
        return (
            revision.user_id != (user and user.pk)
            or revision.pk == self.live_revision_id
            or revision.task_states.exists()
        )

    def _save_comments(self):
        self.save(update_fields=[COMMENTS_RELATION_NAME], clean=False)
        return self.latest_revision
