"""The conventional peer: the stories of a file as live pages under one section.

Rows go in as Wagtail's own test fixtures do it, in bulk, with their entries in Wagtail's search
index: its speed is not measured.
"""

from __future__ import annotations

import json
import sys
from itertools import islice
from pathlib import Path

import django

from bench.steps import answer

CHUNK = 500


def section():
    from django.contrib.auth import get_user_model
    from wagtail.models import Page, Site

    from bench.peers.conventional.models import StoryIndexPage

    found = StoryIndexPage.objects.first()
    if found is None:
        get_user_model().objects.create_superuser("admin", "admin@example.vn", "admin")
        home = Site.objects.get().root_page
        found = home.add_child(instance=StoryIndexPage(title="Bài viết", show_in_menus=True))
    return Page.objects.get(pk=found.pk)


def page_of(row: dict):
    from bench.peers.conventional.models import StoryPage

    paragraphs = row["body"].split("\n\n")
    return StoryPage(
        title=row["title"],
        draft_title=row["title"],
        slug=row["id"],
        lead=row["lead"],
        body=[("paragraph", f"<p>{text}</p>") for text in paragraphs],
        unit=row["unit"],
        byline=row["byline"],
        date=row["date"],
        live=True,
    )


def add(rows: list[dict], parent, taken: int, tags: dict) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from modelsearch.backends import get_search_backends
    from taggit.models import Tag
    from wagtail.models import Page

    from bench.peers.conventional.models import StoryPage, StoryTag

    fields = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    kind = ContentType.objects.get_for_model(StoryPage)
    pages = [page_of(row) for row in rows]
    for step, page in enumerate(pages, start=taken + 1):
        page.path, page.depth = (
            Page._get_path(parent.path, parent.depth + 1, step),
            parent.depth + 1,
        )
        page.content_type, page.locale_id = kind, parent.locale_id
        page.first_published_at = page.last_published_at = timezone.now()
        page.set_url_path(parent)
    parents = Page.objects.bulk_create(
        Page(**{name: getattr(page, name) for name in fields}) for page in pages
    )
    for page, row in zip(pages, parents, strict=True):
        page.id = page.page_ptr_id = row.pk
        page.save_base(raw=True, force_insert=True)
    links = []
    for page, row in zip(pages, rows, strict=True):
        for name in row["tags"]:
            if name not in tags:
                tags[name] = Tag.objects.get_or_create(name=name)[0]
            links.append(StoryTag(content_object=page, tag=tags[name]))
    StoryTag.objects.bulk_create(links)
    Page.objects.filter(pk=parent.pk).update(numchild=taken + len(pages))
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(StoryPage, pages)


def main(file: Path) -> None:
    from django.db import transaction

    parent = section()
    taken, tags = parent.numchild, {}
    with file.open(encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        while chunk := list(islice(rows, CHUNK)):
            with transaction.atomic():
                add(chunk, parent, taken, tags)
            taken += len(chunk)
    answer(section=parent.pk, pages=taken)


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]))
