from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.admin.panels import PageChooserPanel
from wagtail.models import Orderable

from stories.pages import panels
from stories.pages.models.choices import ExemplarKind
from stories.pages.models.exemplar import ExemplarPage, Tag
from stories.pages.models.moderated import ModeratedPage


class StoryTag(ItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="story_items")
    content_object = ParentalKey(
        "pages.StoryPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class StoryPage(ModeratedPage):
    """A piece of journalism: “Người tốt, việc tốt”."""

    kind = models.CharField(
        _("kể về"), max_length=12, choices=ExemplarKind.choices, blank=True, default=""
    )
    tags = ClusterTaggableManager(
        through=StoryTag,
        verbose_name=_("thẻ"),
        blank=True,
        help_text=_("Vài từ để tìm, cách nhau bằng dấu phẩy."),
    )

    item_type = "story"
    page_description = _("Bài “Người tốt, việc tốt”: tít, sa-pô, nội dung, ảnh.")
    content_panels = panels.story()

    class Meta:
        verbose_name = _("bài viết")
        verbose_name_plural = _("bài viết")

    def own_content(self) -> dict:
        """Exemplars by their id alone: name and address are those that are released."""
        return {"exemplars": [str(told.exemplar.uuid) for told in self.told_exemplars.all()]}


class StoryExemplar(Orderable):
    page = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="told_exemplars")
    exemplar = models.ForeignKey(
        ExemplarPage,
        verbose_name=_("điển hình"),
        on_delete=models.CASCADE,
        related_name="told_in",
    )

    panels = [PageChooserPanel("exemplar", "pages.ExemplarPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("điển hình được kể")
        verbose_name_plural = _("điển hình được kể")

    def __str__(self) -> str:
        return str(self.exemplar)
