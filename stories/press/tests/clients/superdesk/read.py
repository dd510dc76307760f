"""Reads documents with superdesk-core's own parsers, in its own environment and process.

Standard input: {"ninjs": [document, …], "nitf": [text, …], "newsml": [text, …],
"ap": {"pages": {address: body, …}, "feed": address}}; each part may be missing. Standard output:
{"ninjs": [[item, …], …], "nitf": [item, …], "newsml": [item, …],
"ap": {"items": [item, …], "asked": [address, …], "next": address}}.

The parsers and the AP client are superdesk-core's. Only what they stand on has a stand-in: the
database, Eve, Flask, Celery and those who look after mails, files and users.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import json
import logging
import sys
import tempfile
import types
from pathlib import Path
from unittest.mock import MagicMock

STOOD_IN = [
    "apps",
    "bcrypt",
    "blinker",
    "bson",
    "celery",
    "cerberus",
    "elasticsearch",
    "eve",
    "feedparser",
    "flask",
    "flask_babel",
    "flask_mail",
    "kombu",
    "mongolock",
    "redis",
    "werkzeug",
    "superdesk.auth",
    "superdesk.celery_app",
    "superdesk.emails",
    "superdesk.lock",
    "superdesk.media",
    "superdesk.storage",
    "superdesk.upload",
    "superdesk.users",
    "superdesk.io.commands",
    "superdesk.io.feed_parsers.image_iptc",
    "superdesk.io.feeding_services.ap",
    "superdesk.io.feeding_services.bbc_ldrs",
    "superdesk.io.feeding_services.email",
    "superdesk.io.feeding_services.file_service",
    "superdesk.io.feeding_services.ftp",
    "superdesk.io.feeding_services.gmail",
    "superdesk.io.feeding_services.http_service",
    "superdesk.io.feeding_services.ritzau",
    "superdesk.io.feeding_services.rss",
    "superdesk.io.feeding_services.twitter",
]


class Anything(type):
    """A class with every attribute, so that others can inherit from it or call it."""

    def __getattr__(cls, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return MagicMock()


class StandIn(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path, target=None):
        if any(name == one or name.startswith(f"{one}.") for one in STOOD_IN):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name)
        module.__path__ = []

        def give(name: str) -> object:
            if name.startswith("__"):
                raise AttributeError(name)
            silent = {"__init__": lambda self, *a, **k: None, "__call__": lambda self, *a, **k: ""}
            return Anything(name, (Exception,), silent)

        module.__getattr__ = give
        return module

    def exec_module(self, module) -> None:
        pass


def bare(name: str, folder: Path) -> types.ModuleType:
    """The package without what its __init__ does (it starts the application)."""
    module = types.ModuleType(name)
    module.__path__ = [str(folder)]
    sys.modules[name] = module
    return module


def stand_in() -> None:
    root = Path(importlib.util.find_spec("superdesk").submodule_search_locations[0])
    sys.meta_path.insert(0, StandIn())
    superdesk = bare("superdesk", root)
    nothing = MagicMock()
    nothing.find_one.return_value = None
    superdesk.get_resource_service = lambda name: nothing
    for name in ("Resource", "Service", "BaseService"):
        setattr(superdesk, name, type(name, (), {}))
    superdesk.config = superdesk.app = MagicMock()
    superdesk.json = json
    bare("superdesk.io", root / "io")
    bare("superdesk.metadata", root / "metadata")
    from superdesk import default_settings

    superdesk.config.HTML_TAGS_WHITELIST = default_settings.HTML_TAGS_WHITELIST


def settings() -> dict:
    return {"INGEST_AP_RELATED_ID": "related", "QCODE_MISSING_VOC": "continue"}


def read_ninjs(documents: list[dict]) -> list[list[dict]]:
    from superdesk.io.feed_parsers.ninjs import NINJSFeedParser

    found = []
    for document in documents:
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(document, file)
            file.flush()
            parser = NINJSFeedParser()
            assert parser.can_parse(file.name)
            found.append(parser.parse(file.name))
    return found


def read_xml(module: str, name: str, texts: list[str]) -> list[dict]:
    from lxml import etree

    parser_module = importlib.import_module(f"superdesk.io.feed_parsers.{module}")
    parser_module.app = MagicMock(config=settings())
    found = []
    for text in texts:
        parser = getattr(parser_module, name)()
        root = etree.fromstring(text.encode())
        assert parser.can_parse(root)
        items = parser.parse(root, {})
        found.append(items[0] if isinstance(items, list) else items)
    return found


def read_ap(pages: dict[str, str], feed: str) -> dict:
    """One pull of the AP Media client; it asks for addresses, and gets what `pages` has there."""
    from superdesk.io.feed_parsers import ap_media as parser_module
    from superdesk.io.feeding_services import ap_media as client_module

    parser_module.app = MagicMock(config=settings())
    asked: list[str] = []

    def get_url(url=None, params=None, **kwargs):
        asked.append(url or feed)
        body = pages[url or feed]
        answer = MagicMock(text=body, content=body.encode())
        answer.json = lambda: json.loads(body)
        return answer

    client = client_module.APMediaFeedingService()
    client.get_url = get_url
    client.get_feed_parser = lambda provider: parser_module.APMediaFeedParser()
    provider = {"source": "GSDT", "config": {"api_url": feed, "apikey": "khoa"}}
    update: dict = {}
    [items] = client._update(provider, update) or [[]]
    return {"items": items, "asked": asked, "next": update["config"]["next_link"]}


def main() -> None:
    logging.disable(logging.WARNING)
    stand_in()
    wanted = json.load(sys.stdin)
    result: dict[str, object] = {}
    if "ninjs" in wanted:
        result["ninjs"] = read_ninjs(wanted["ninjs"])
    if "nitf" in wanted:
        result["nitf"] = read_xml("nitf", "NITFFeedParser", wanted["nitf"])
    if "newsml" in wanted:
        result["newsml"] = read_xml("newsml_2_0", "NewsMLTwoFeedParser", wanted["newsml"])
    if "ap" in wanted:
        result["ap"] = read_ap(**wanted["ap"])
    json.dump(result, sys.stdout, default=str)


if __name__ == "__main__":
    main()
