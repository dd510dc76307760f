"""Wagtail's search backend for the admin: pages, pictures and documents are found as the archive's
stories are: without diacritics, by abbreviations and synonyms, in spite of a typing mistake.

What may be seen is Wagtail's to say: the query stays a filter of the queryset that was asked for,
so nobody is told of, or counts, what is not theirs. Source: modelsearch's `fallback` backend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final

from django.db.models import Case, IntegerField, Model, Q, QuerySet, Value, When
from modelsearch.backends.base import BaseIndex, get_model_root
from modelsearch.backends.database.fallback import (
    MATCH_ALL,
    MATCH_NONE,
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
    DatabaseSearchResults,
)
from modelsearch.index import AutocompleteField, RelatedFields, SearchField
from modelsearch.query import Phrase, PlainText

from search import curation
from search.engines import embedded
from search.engines.base import EngineError
from search.models import DeskText
from search.text import tokenise
from search.understanding import Lexicon, Reading, Understood, corrections, understand
from search.understanding.structures import NoWords

LONGEST: Final = 20_000  # letters of an object that are looked through
TITLES: Final = ("title", "name")


def _label(model: type[Model]) -> str:
    return get_model_root(model)._meta.label_lower


def _padded(text: str) -> str:
    return f" {' '.join(tokenise(text[:LONGEST]))} "


def _values(obj: Model, fields: Iterable[Any]) -> list[tuple[str, str]]:
    """(field, text) of what an object is found by."""
    found: list[tuple[str, str]] = []
    for field in fields:
        if isinstance(field, RelatedFields):
            related = field.get_value(obj)
            many = related.all() if hasattr(related, "all") else [related] if related else []
            found += [pair for other in many for pair in _values(other, field.fields)]
        elif isinstance(field, SearchField | AutocompleteField):
            found.append((field.field_name, str(field.get_value(obj) or "")))
    return list(dict.fromkeys(found))


class DeskIndex(BaseIndex):
    """Keeps `DeskText` in step; Wagtail calls it as objects are saved and deleted."""

    def reset(self) -> None:
        DeskText.objects.all().delete()

    def add_items(self, model: type[Model], items: Iterable[Model]) -> None:
        rows = []
        for item in items:
            values = _values(item, type(item).get_search_fields())
            title = "\n".join(text for name, text in values if name in TITLES)
            words = "\n".join(text for _name, text in values)
            rows.append(
                DeskText(
                    model=_label(type(item)),
                    object_id=item.pk,
                    title=_padded(title),
                    words=_padded(words),
                )
            )
        DeskText.objects.bulk_create(
            rows,
            batch_size=200,
            update_conflicts=True,
            unique_fields=["model", "object_id"],
            update_fields=["title", "words"],
        )

    def delete_item(self, item: Model) -> None:
        DeskText.objects.filter(model=_label(type(item)), object_id=item.pk).delete()


class Rebuilder:
    """What `manage.py rebuild_modelsearch_index` drives."""

    def __init__(self, index: DeskIndex) -> None:
        self.index = index

    def start(self) -> DeskIndex:
        self.index.reset()
        return self.index

    def finish(self) -> None:
        pass


class DeskQuery(DatabaseSearchQueryCompiler):
    """Turns words into a filter over `DeskText`; understood once, however often it is asked."""

    titled: QuerySet | None = None  # the keys of those whose title says it

    @cached_property
    def matching(self) -> Q | None:
        """The filter, or None where everything matches."""
        found = self.build_database_filter(self.query)
        if found == MATCH_ALL:
            return None
        return Q(pk__in=[]) if found == MATCH_NONE else found

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Q:
        if isinstance(query, PlainText | Phrase):
            return self.meant(query.query_string)
        return super().build_database_filter(query, boost)

    def meant(self, q: str) -> Q:
        """What was typed or stands for it; corrections only where that finds nothing."""
        with _lexicon() as lexicon:
            understood = understand(q, lexicon, curation.current().thesaurus)
            if understood is None:
                return Q(pk__in=[])
            found = self._texts(understood.readings, understood)
            if not self.queryset.filter(pk__in=found).exists():
                found = self._texts(
                    [*understood.readings, *corrections(understood, lexicon)], understood
                )
        self.titled = self._texts(understood.readings, understood, field="title")
        return Q(pk__in=found)

    def _texts(
        self, readings: Sequence[Reading], understood: Understood, *, field: str = ""
    ) -> QuerySet:
        field = field or ("title" if self.fields and set(self.fields) <= set(TITLES) else "words")
        any_of = Q()
        for reading in readings:
            all_of = Q()
            for at, word in enumerate(reading.required):
                last = at == len(reading.required) - 1
                begun = last and understood.begun
                all_of &= Q(**{f"{field}__contains": f" {word}" if begun else f" {word} "})
            any_of |= all_of
        texts = DeskText.objects.filter(any_of, model=_label(self.queryset.model))
        return texts.values("object_id")


class DeskResults(DatabaseSearchResults):
    """As modelsearch's, with titles first and then the newest, where the order is ours to say."""

    def get_queryset(self) -> QuerySet:
        compiler = self.query_compiler
        found = (
            compiler.queryset.filter(compiler.matching) if compiler.matching else compiler.queryset
        )
        if compiler.order_by_relevance and compiler.titled is not None:
            in_title = When(pk__in=compiler.titled, then=Value(0))
            place = Case(in_title, default=Value(1), output_field=IntegerField())
            found = found.order_by(place, "-pk")
        elif not found.query.order_by:
            found = found.order_by("-pk")
        return found[self.start : self.stop]


class DeskBackend(DatabaseSearchBackend):
    query_compiler_class = DeskQuery
    autocomplete_query_compiler_class = DeskQuery
    index_class = DeskIndex
    rebuilder_class = Rebuilder
    results_class = DeskResults


SearchBackend = DeskBackend


@contextmanager
def _lexicon() -> Iterator[Lexicon]:
    """The archive's vocabulary; none where its index cannot be read just now."""
    try:
        with embedded().vocabulary() as words:
            yield words
            return
    except EngineError:
        pass
    yield NoWords()
