"""The body as a tree, for faces that aren't HTML; and what XML can't carry.

One small set of tags comes in (what `blocks.body_html` writes and what editors may use inside a
paragraph), so each face says which tag becomes what, and keeps the words of any other.
"""

from __future__ import annotations

import re

from lxml import etree, html

# Characters that XML 1.0 can't carry at all, not even escaped.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """The text without the characters that XML refuses."""
    return NOT_XML.sub("", text)


def tree(fragment: str) -> html.HtmlElement:
    """An HTML fragment as one `div` around its parts."""
    return html.fragment_fromstring(clean(fragment), create_parent="div")


def put(parent: etree._Element, tag: str, text: str = "", /, **attributes: str) -> etree._Element:
    """A new last child with this text, of the parent's namespace unless `{…}` names another.

    `_` in an attribute's name stands for `-` (`ed_urg`).
    """
    own = tag if tag.startswith("{") else etree.QName(etree.QName(parent).namespace, tag)
    node = etree.SubElement(parent, own)
    for key, value in attributes.items():
        node.set(key.replace("_", "-"), clean(value))
    if text:
        node.text = clean(text)
    return node


def say(parent: etree._Element, text: str | None) -> None:
    """Add text at the end of what the parent holds so far."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean(text)
    else:
        parent.text = (parent.text or "") + clean(text)
