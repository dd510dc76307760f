"""How an entry lies in Elasticsearch.

Words are cut and folded by `search.text`, as everywhere; the server only splits at spaces. A
tombstone (`live` false) holds no text, only that nothing older may come back.
"""

from __future__ import annotations

from typing import Any, Final

from search import completing
from search.documents import Document
from search.engines.base import Change, Upsert
from search.engines.elastic import dsl
from search.engines.elastic.names import kept
from search.engines.embedded.store import terms, trigrams
from search.query import FACETS

# Counts up with every change of the mapping or of what `source` puts in.
VERSION: Final = 2
APPLICATION: Final = "guong-sang"
LONGEST_KEY: Final = 500
# While an index is filled nobody reads it.
FILLING: Final[dict[str, Any]] = {
    "refresh_interval": "-1",
    "auto_expand_replicas": "false",
    "number_of_replicas": 0,
    "translog.durability": "async",
}
SERVING: Final[dict[str, Any]] = {
    "refresh_interval": None,
    "auto_expand_replicas": "0-1",
    "translog.durability": "request",
}

_words = dsl.analyzer("words", tokenizer="whitespace")
_places = {"analyzer": _words, "store": True}
_presence = {"analyzer": _words, "index_options": "docs", "norms": False, "store": True}
_shown = {"index": False, "norms": False}


class ArchiveEntry(dsl.Document):
    """`folded` and `exact` hold every field, the title first, parted by `¶`.

    What is made from the rest is stored by itself and not in `_source`: it is read alone, quickly.
    """

    live = dsl.Boolean()
    seq = dsl.Long()
    key = dsl.Long()
    title = dsl.Text(**_shown)
    lead = dsl.Text(**_shown)
    text = dsl.Text(**_shown)
    # Pairs of a long text would more than double the work of indexing.
    folded_title = dsl.Text(**_places, index_phrases=True)
    folded = dsl.Text(**_places)
    exact = dsl.Text(**_presence)
    trigrams = dsl.Text(analyzer=_words, index_options="docs")
    title_key = dsl.Keyword(ignore_above=LONGEST_KEY)
    names = dsl.Keyword(ignore_above=LONGEST_KEY)
    unit = dsl.Keyword()
    group = dsl.Keyword()
    content = dsl.Keyword()
    kind = dsl.Keyword()
    tag = dsl.Keyword()
    year = dsl.Keyword()
    column = dsl.Keyword()

    class Index:
        # Where something was taken out its bytes go too, see `Indices.expunge`.
        settings = {"number_of_shards": 1, "merge.policy.expunge_deletes_allowed": 0}

    class Meta:
        dynamic = dsl.MetaField(False)
        source = dsl.MetaField(excludes=["folded*", "exact", "trigrams", "title_key", "names"])


def layout(alias: str, *, filling: bool) -> dict[str, Any]:
    """Settings and mappings of a new index behind this alias."""
    layout = ArchiveEntry._index.to_dict()
    settings = layout["settings"] | (FILLING if filling else SERVING)
    mappings = layout["mappings"] | {"_meta": meta(alias)}
    return {"settings": settings, "mappings": mappings}


def meta(alias: str) -> dict[str, Any]:
    """What marks an index as ours, of this version."""
    return {"application": APPLICATION, "alias": alias, "version": VERSION}


def version(change: Change) -> int:
    """Grows with the release; a Delete stands above an Upsert of the same."""
    return change.seq * 2 + (not isinstance(change, Upsert))


def source(change: Change) -> dict[str, Any]:
    """What is stored for a change."""
    if isinstance(change, Upsert):
        return _entry(change.document)
    return {"live": False, "seq": change.seq}


def _entry(document: Document) -> dict[str, Any]:
    cut = terms(document)
    facets: dict[str, list[str]] = {name: [] for name in FACETS}
    for name, value in document.facet_values():
        facets[name].append(value)
    return {
        "live": True,
        "seq": document.seq,
        "key": document.key,
        "title": document.title,
        "lead": document.lead,
        "text": document.text,
        "folded_title": cut.folded_title,
        "folded": cut.folded,
        "exact": cut.exact,
        "trigrams": " ".join(trigrams(cut.folded_title)),
        "title_key": completing.run(document.title),
        "names": kept(document),
        **facets,
    }
