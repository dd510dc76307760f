"""One page type for the stories, one for their section."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db import models
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

NEAR, LISTED = 3, 20


class StoryTag(TaggedItemBase):
    content_object = ParentalKey(
        "conventional.StoryPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class StoryIndexPage(Page):
    intro = RichTextField(blank=True)
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    def get_context(self, request, *args, **kwargs):
        """A page of its stories, newest first; with `q`, of those found, best first."""
        context = super().get_context(request, *args, **kwargs)
        stories, q = StoryPage.objects.live().child_of(self), request.GET.get("q")
        found = stories.search(q) if q else stories.order_by("-date", "-pk")
        context["stories"] = Paginator(found, LISTED).get_page(request.GET.get("page"))
        context["menu"] = self.get_site().root_page.get_children().live().in_menu()
        return context


class StoryPage(Page):
    lead = models.TextField(blank=True)
    body = StreamField([("heading", CharBlock()), ("paragraph", RichTextBlock())])
    unit = models.CharField(max_length=20, blank=True)
    byline = models.CharField(max_length=120, blank=True)
    date = models.DateField(db_index=True)
    tags = ClusterTaggableManager(through=StoryTag, blank=True)

    content_panels = [
        *Page.content_panels,
        *(FieldPanel(name) for name in ("lead", "body", "unit", "byline", "date", "tags")),
    ]
    search_fields = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("lead", "body")),
        index.FilterField("unit"),
    ]
    api_fields = [APIField(name) for name in ("lead", "body", "unit", "byline", "date", "tags")]

    def get_context(self, request, *args, **kwargs):
        """The page with its menu and the three next stories."""
        context = super().get_context(request, *args, **kwargs)
        older = StoryPage.objects.live().filter(date__lte=self.date).exclude(pk=self.pk)
        context["near"] = older.order_by("-date", "-pk")[:NEAR]
        context["menu"] = self.get_site().root_page.get_children().live().in_menu()
        return context
