"""Many new pages at once, as `add_child`, `save_revision` and `publish` would do one by one.

For back-filling: some forty statements for two hundred pages instead of sixty for each. What makes
a page public stays in one place: `publish` asks the same guard as `ModeratedPage.save()`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import CharField, F, OuterRef, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from modelcluster.models import get_all_child_relations
from modelsearch.backends import get_search_backends
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.signals import page_published

from stories.pages import signals, slugs
from stories.pages.models import StoryPage, UnitSectionPage
from stories.pages.models.moderated import approved
from stories.pages.models.story import StoryTag
from stories.pages.services.sections import ensure_section


@transaction.atomic
def add_drafts(pages: Sequence[StoryPage]) -> None:
    """Save new pages, each as a draft with one revision in the section of its unit.

    Tags are set on the pages in memory, and so must contents and campaigns be, if only to `[]`.
    Titles and dates must be valid.
    """
    if not pages:
        return
    _settle_children(pages)
    _place(pages, _sections(pages))
    _insert(pages)
    _add_revisions(pages)


@transaction.atomic
def publish(pages: Sequence[StoryPage], user) -> None:
    """Set drafts of `add_drafts` live. Raises NotApproved, and then none of them is."""
    if not pages:
        return
    ready = approved(pages)
    now = timezone.now()
    for page in pages:
        page.live, page.has_unpublished_changes = True, False
        page.first_published_at = page.last_published_at = now
        page.live_revision_id = page.latest_revision_id
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        live=True,
        has_unpublished_changes=False,
        first_published_at=now,
        last_published_at=now,
        live_revision=F("latest_revision"),
    )
    signals.going_public.send(sender=StoryPage, pages=ready)
    _log(pages, user, now)
    _index(pages)
    for page in pages:
        page_published.send(sender=StoryPage, instance=page, revision=page.latest_revision)


def _settle_children(pages: Sequence[StoryPage]) -> None:
    """A new page's children are those in memory: nothing asks the database for more later on."""
    children = [relation.get_accessor_name() for relation in get_all_child_relations(StoryPage)]
    for page in pages:
        for name in children:
            getattr(page, name).get_object_list()


def _sections(pages: Sequence[StoryPage]) -> dict[int, UnitSectionPage]:
    """The section of each unit, locked as treebeard locks a parent."""
    units = {page.unit_id: page.unit for page in pages}
    there = UnitSectionPage.objects.filter(unit__in=units).values_list("unit", flat=True)
    for unit_id in units.keys() - set(there):
        ensure_section(units[unit_id])
    locked = UnitSectionPage.objects.select_for_update().filter(unit__in=units).order_by("pk")
    return {section.unit_id: section for section in locked}


def _place(pages: Sequence[StoryPage], sections: dict[int, UnitSectionPage]) -> None:
    """Give each page its place in the tree and its slug; count it with its section."""

    def taken(names: list[str]) -> set[tuple[str, str]]:
        found = Page.objects.filter(slug__in=names).values_list("path", "slug")
        return {(path[: -Page.steplen], slug) for path, slug in found}

    wanted = [(sections[page.unit_id].path, slugs.of_title(page.title)) for page in pages]
    for page, slug in zip(pages, slugs.free(wanted, taken), strict=True):
        page.slug = slug
    by_section = defaultdict(list)
    for page in pages:
        by_section[page.unit_id].append(page)
    for unit_id, children in by_section.items():
        section = sections[unit_id]
        last, depth = section.get_last_child(), section.depth + 1
        first = last._get_lastpos_in_path() + 1 if last else 1
        for step, page in enumerate(children, start=first):
            page.path, page.depth = Page._get_path(section.path, depth, step), depth
            page.set_url_path(section)
            page.locale_id, page.draft_title, page.live = section.locale_id, page.title, False
        Page.objects.filter(pk=section.pk).update(numchild=F("numchild") + len(children))


def _insert(pages: Sequence[StoryPage]) -> None:
    """Rows of the page, of the story, and of its tags and contents.

    Django has no bulk insert for inherited models: the parents go in at once, then each child
    alone, as its fixtures do.
    """
    fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    parents = Page.objects.bulk_create(
        Page(**{name: getattr(page, name) for name in fields}) for page in pages
    )
    for page, parent in zip(pages, parents, strict=True):
        page.id = page.page_ptr_id = parent.pk
        page.save_base(raw=True, force_insert=True)
    tagged = [(page, item) for page in pages for item in page.tagged_items.all()]
    for page, item in tagged:
        item.content_object = page
    StoryTag.objects.bulk_create(item for _page, item in tagged)
    for name in ("contents", "campaigns"):
        field = StoryPage._meta.get_field(name)
        through = field.remote_field.through
        through.objects.bulk_create(
            through(**{field.m2m_column_name(): page.pk, field.m2m_reverse_name(): term.pk})
            for page in pages
            for term in getattr(page, name).all()
        )


def _add_revisions(pages: Sequence[StoryPage]) -> None:
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        Revision(
            content_type=page.cached_content_type,
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            created_at=now,
            content=page.serializable_data(),
            object_str=str(page),
        )
        for page in pages
    )
    for page, revision in zip(pages, revisions, strict=True):
        page.latest_revision, page.latest_revision_created_at = revision, now
    mine = Revision.page_revisions.filter(object_id=Cast(OuterRef("pk"), CharField()))
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision=Subquery(mine.values("pk")[:1]),
        latest_revision_created_at=now,
        has_unpublished_changes=True,
    )


def _log(pages: Sequence[StoryPage], user, now: datetime) -> None:
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type=page.cached_content_type,
            label=page.title,
            action="wagtail.publish",
            timestamp=now,
            user=user,
            revision=page.latest_revision,
            content_changed=True,
        )
        for page in pages
    )


def _index(pages: Sequence[StoryPage]) -> None:
    """What Wagtail's signal handlers do on saving: its search in the admin, who refers to whom."""
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(StoryPage, pages)
    ReferenceIndex.objects.bulk_create(row for page in pages for row in _references(page))


def _references(page: StoryPage) -> Iterator[ReferenceIndex]:
    """As `ReferenceIndex.create_or_update_for_object`, which asks the database for each page."""
    for to_type, to_id, model_path, content_path in set(
        ReferenceIndex._extract_references_from_object(page)
    ):
        yield ReferenceIndex(
            content_type=page.cached_content_type,
            base_content_type=page.get_base_content_type(),
            object_id=str(page.pk),
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
