"""Changes in, then what was written until where: safe to repeat and to be cut off anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from search.engines.base import Change, Delete, EngineError, winners
from search.engines.elastic import entries
from search.engines.elastic.dsl import BadRequestError, NotFoundError, helpers
from search.engines.elastic.server import Server, failures, reason

OFFSET: Final = "@offset"
CONFLICT: Final = 409
AT_ONCE: Final = 500
MOST_BYTES: Final = 20_000_000


def offset(server: Server, index: str) -> int:
    """The place up to which an index holds the ledger; 0 for none, or one that is not ours."""
    try:
        with server.reading() as client:
            try:
                held = client.get(index=index, id=OFFSET)["_source"]
            except (NotFoundError, BadRequestError):
                # No such index or document, or an alias that leads to several.
                return 0
        return int(held["offset"]) if held.get("version") == entries.VERSION else 0
    except (KeyError, TypeError, ValueError) as error:
        raise EngineError(f"Elasticsearch: no offset in {index}") from error


def write_offset(server: Server, index: str, offset: int) -> None:
    """Remember the place; one that lies further already stays."""
    if offset <= 0:
        return
    action = {
        "_op_type": "index",
        "_id": OFFSET,
        "version": offset,
        "version_type": "external_gte",
        "_source": {"live": False, "offset": offset, "version": entries.VERSION},
    }
    send(server, index, [action])


def actions(changes: Iterable[Change]) -> tuple[list[dict[str, Any]], bool]:
    """The requests for some changes, and whether any takes something out."""
    chosen = winners(changes)
    made = [
        {
            "_op_type": "index",
            "_id": change.uuid,
            "version": entries.version(change),
            "version_type": "external",
            "_source": entries.source(change),
        }
        for change in chosen
    ]
    return made, any(isinstance(change, Delete) for change in chosen)


def send(server: Server, alias: str, actions: list[dict[str, Any]]) -> None:
    """Carry them out. What is older than what stands there is passed over.

    Only through an alias, so that no index is made by accident. Raises EngineError with the first
    reason where any is refused; those before and after it may be done.
    """
    with server.writing() as client, failures():
        for done, answer in helpers.streaming_bulk(
            client,
            actions,
            index=alias,
            chunk_size=AT_ONCE,
            max_chunk_bytes=MOST_BYTES,
            raise_on_error=False,
            yield_ok=False,
            require_alias=True,
        ):
            said = answer.get("index", answer)
            if not done and said.get("status") != CONFLICT:
                raise EngineError(f"Elasticsearch: {reason(said.get('error'))}")
