"""The indices behind an alias: which one serves, making, swapping and sweeping them.

`<alias>` leads to `<alias>-<n>`. An index of another version, or of somebody else, counts as none;
what is not ours is never removed.
"""

from __future__ import annotations

import re
from typing import Any

from search.engines.base import EngineError
from search.engines.elastic import entries
from search.engines.elastic.dsl import NotFoundError
from search.engines.elastic.server import Server


class Indices:
    """The indices of one archive."""

    def __init__(self, server: Server, alias: str) -> None:
        self.server = server
        self.alias = alias
        # Leads to an index while it is being filled.
        self.filling = f"{alias}-filling"

    def ensure(self) -> None:
        """Make sure that the alias leads to one index of ours, of this version."""
        behind = self._behind()
        if len(behind) != 1 or not all(map(self._is_current, behind.values())):
            self.begin()

    def begin(self) -> None:
        """Put an empty index in place of whatever the alias leads to."""
        self.put_in_place(self.create(filling=False))

    def create(self, *, filling: bool) -> str:
        """Make a new index; the next number is its name's."""
        numbers = [int(name.rpartition("-")[2]) for name in self._numbered()]
        new = f"{self.alias}-{max(numbers, default=0) + 1}"
        aliases: dict[str, Any] = {self.filling: {"is_hidden": True}} if filling else {}
        with self.server.writing() as client:
            client.indices.create(
                index=new,
                aliases=aliases,
                **entries.layout(self.alias, filling=filling),
                wait_for_active_shards="1",
            )
        return new

    def put_in_place(self, new: str) -> None:
        """Lead the alias to this index in one step, then remove the ones before that are ours."""
        behind = self._behind()
        actions: list[dict[str, Any]] = [
            {"remove": {"index": old, "alias": self.alias}} for old in behind
        ]
        actions.append({"add": {"index": new, "alias": self.alias, "is_write_index": True}})
        actions.append({"remove": {"index": new, "alias": self.filling, "must_exist": False}})
        with self.server.writing() as client:
            client.indices.update_aliases(actions=actions)
        self.remove(*(old for old in self._ours() if old in behind))

    def serve(self, new: str) -> None:
        """Settle an index that was filled: what went in is safe and can be found."""
        with self.server.writing() as client:
            client.indices.put_settings(index=new, settings=entries.SERVING)
        with self.server.writing() as client:
            client.indices.flush(index=new)
        self.refresh(new)

    def sweep(self) -> None:
        """Remove what a rebuild that was killed left behind; the caller holds `writing`."""
        serving = self._behind()
        self.remove(*(name for name in self._ours() if name not in serving))

    def remove(self, *names: str) -> None:
        for name in names:
            with self.server.writing() as client:
                client.indices.delete(index=name, ignore_unavailable=True)

    def refresh(self, index: str) -> None:
        """What was written until now is found from now on."""
        with self.server.writing() as client:
            answer = client.indices.refresh(index=index)
        if answer["_shards"]["failed"]:
            raise EngineError("Elasticsearch: refreshed in part")

    def expunge(self, index: str) -> None:
        """Ask the server to drop the bytes of what was replaced, in its own time.

        It keeps the last half minute's for copies of the index; the next call drops them.
        """
        with self.server.writing() as client:
            client.indices.forcemerge(
                index=index, only_expunge_deletes=True, wait_for_completion=False
            )

    def _behind(self) -> dict[str, Any]:
        """What the alias leads to, by name. Raises EngineError where an index has its name."""
        found = self._described(self.alias)
        if self.alias in found:
            raise EngineError(
                f"Elasticsearch: an index is named {self.alias!r}; remove it or choose another"
                " ELASTICSEARCH_INDEX"
            )
        return found

    def _ours(self) -> list[str]:
        """The indices that this application made for this alias, whatever their version."""
        return [name for name, about in self._numbered().items() if self._is_ours(about)]

    def _numbered(self) -> dict[str, Any]:
        """All indices with names like ours."""
        pattern = re.compile(rf"{re.escape(self.alias)}-\d+")
        found = self._described(f"{self.alias}-*")
        return {name: about for name, about in found.items() if pattern.fullmatch(name)}

    def _described(self, names: str) -> dict[str, Any]:
        with self.server.writing() as client:
            try:
                return client.indices.get(index=names, features=["aliases", "mappings"]).body
            except NotFoundError:
                return {}

    def _is_ours(self, about: dict[str, Any]) -> bool:
        meta = about["mappings"].get("_meta", {})
        return meta.get("application") == entries.APPLICATION and meta.get("alias") == self.alias

    def _is_current(self, about: dict[str, Any]) -> bool:
        return about["mappings"].get("_meta") == entries.meta(self.alias)
