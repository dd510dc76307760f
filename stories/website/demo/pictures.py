"""The pictures of the demo content: drawn by the project, so nobody's photograph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PIL import Image

from stories.website.demo.art import (
    crafts,
    farms,
    hills,
    markets,
    rooms,
    sewing,
    singers,
    waters,
    yards,
)
from stories.website.demo.art.canvas import Board

Scene = Callable[..., None]

CATALOGUE: dict[str, tuple[Scene, dict[str, Any]]] = {
    "am-nuoc-voi": (rooms.kitchen, {"what": "kettle"}),
    "ao-ca-do": (waters.pond, {}),
    "ao-dai-hat-xoan": (singers.drum_dance, {}),
    "ban-chieu": (hills.mountain_road, {"kind": "dusk"}),
    "ben-song-thuyen": (waters.river, {}),
    "bep-banh-tai": (rooms.kitchen, {"what": "steamers"}),
    "bep-com": (rooms.kitchen, {"what": "pots"}),
    "bo-song-sach": (waters.river, {"litter": True, "kind": "day"}),
    "buoi-len-thung": (farms.orchard, {"crates": True, "kind": "morning"}),
    "chan-dung-chinh": (singers.portrait, {"scene": "palms", "holds": "book"}),
    "chan-dung-duyen": (
        singers.portrait,
        {"dress": "#3f6f78", "disc": "#e2a63a", "holds": "noodles", "hat": "scarf"},
    ),
    "chan-dung-mui": (
        singers.portrait,
        {"hat": "turban", "dress": "#22304a", "scarf": "#7c2a2a", "scene": "houses"},
    ),
    "chan-dung-sua": (
        singers.portrait,
        {
            "hat": "turban",
            "dress": "#5a1f3a",
            "scarf": "#22304a",
            "scene": "houses",
            "holds": "book",
        },
    ),
    "chan-dung-thai": (
        singers.portrait,
        {"hat": "bun", "dress": "#6d4a63", "disc": "#c8713f", "scene": "palms"},
    ),
    "cho-dau-moi": (markets.wholesale, {}),
    "cho-quet-ma": (markets.market, {"kind": "day", "phones": True}),
    "cho-som": (markets.market, {"kind": "dawn"}),
    "chuyen-may": (sewing.sewing, {}),
    "dan-ong-doi": (hills.beehives, {}),
    "den-hung": (singers.hung_temple, {}),
    "dien-thoai-ben-ban": (rooms.still, {"what": "phone"}),
    "doi-che-long-coc": (hills.tea_hills, {"kind": "mist", "mist": True, "pickers": 1}),
    "doi-che-sang": (hills.tea_hills, {"kind": "morning", "pickers": 3}),
    "doi-co-con-duong": (waters.lane, {"hill": True, "kind": "day"}),
    "doi-keo": (hills.beehives, {"hives": False, "kind": "morning"}),
    "duong-ban-mua": (hills.mountain_road, {"kind": "rain"}),
    "duong-hoa": (waters.lane, {}),
    "duong-pho-dem": (markets.night_street, {}),
    "ga-doi": (farms.orchard, {"hens": True, "kind": "dusk"}),
    "gian-phoi-mi": (yards.noodles, {}),
    "hai-che": (hills.picking, {}),
    "heo-dat": (rooms.still, {"what": "pigs"}),
    "hien-nha-doc-sach": (rooms.library, {"porch": True}),
    "hu-thit-chua": (rooms.kitchen, {"what": "jars"}),
    "khau-non": (crafts.hats, {}),
    "khung-cui": (crafts.loom, {}),
    "lop-chu-den-dem": (rooms.classroom, {"night": True}),
    "lop-hoc-vung-cao": (rooms.classroom, {}),
    "may-khau-cua-so": (sewing.sewing, {"many": False}),
    "nha-san-chieu": (hills.mountain_road, {"kind": "night"}),
    "nha-san-suong": (hills.mountain_road, {"kind": "mist"}),
    "phoi-la-co": (yards.drying_yard, {}),
    "phong-doc": (rooms.library, {}),
    "rung-son": (hills.lacquer_wood, {}),
    "ruong-bac-thang": (hills.terraces, {"kind": "day"}),
    "ruong-cuc-lo-gach": (farms.field, {"crop": "flowers", "kilns": True}),
    "ruong-lua-may-cay": (hills.terraces, {"kind": "morning", "machine": True, "houses": False}),
    "ruong-rau-sang": (farms.field, {"kind": "morning"}),
    "san-dinh-den-long": (singers.temple_yard, {}),
    "san-doi-do": (markets.market, {"kind": "day", "swap": True}),
    "theo-hoa-van": (crafts.embroidery, {}),
    "tu-sach-khu": (rooms.library, {}),
    "tui-non": (crafts.hats, {"bags": True}),
    "tui-theo": (crafts.bags, {}),
    "vuon-bep": (farms.garden, {}),
    "vuon-buoi-sai-qua": (farms.orchard, {"kind": "day"}),
    "vuon-tren-mai": (farms.garden, {"roof": True}),
    "xuong-may-nho": (sewing.sewing, {"many": False, "wheelchair": True, "kind": "day"}),
}


def draw(key: str, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """The picture `key` in RGB, the same every time. Raises KeyError for an unknown key."""
    scene, options = CATALOGUE[key]
    board = Board(size, key)
    scene(board, **options)
    return board.finish()
