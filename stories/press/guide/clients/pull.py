#!/usr/bin/env python3
"""Lấy tin của Gương sáng Đất Tổ (Python 3.9 trở lên, không cần thư viện nào).

Cho chạy mỗi phút (cron); chạy lại lúc nào cũng được. Biến môi trường:
  GUONG_SANG_URL     địa chỉ trang, ví dụ https://phunu.example.vn
  GUONG_SANG_KEY     khóa báo chí
  GUONG_SANG_FOLDER  nơi cất: items/MÃ.json là bản mới nhất của từng mục, pictures/MÃ.jpg là ảnh in
"""

import json
import os
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

API = os.environ["GUONG_SANG_URL"] + "/api/v1/press"
FOLDER = Path(os.environ.get("GUONG_SANG_FOLDER", "guong-sang"))
CURSOR = FOLDER / "cursor"
BUSY = {429, 500, 502, 503, 504}


def ask(url, data=None):
    headers = {"X-API-Key": os.environ["GUONG_SANG_KEY"], "Content-Type": "application/json"}
    for attempt in range(5):
        try:
            with urlopen(Request(url, data, headers), timeout=60) as answer:
                return answer.read()
        except HTTPError as error:
            # Máy chủ bận: chờ đúng số giây được bảo, hoặc lâu dần.
            if error.code not in BUSY or attempt == 4:
                raise
            time.sleep(int(error.headers.get("Retry-After") or 2**attempt))
    return b""


def save(path, content):
    """Ghi trọn tệp mới rồi mới đổi tên: đứt giữa chừng thì tệp cũ vẫn nguyên."""
    new = path.with_name(path.name + ".new")
    new.write_bytes(content)
    new.replace(path)


def version(uuid):
    """Phiên bản đang giữ; 0 khi chưa có."""
    path = FOLDER / "items" / f"{uuid}.json"
    return json.loads(path.read_bytes())["version"] if path.exists() else 0


def store(item):
    if version(item["uuid"]) > item["version"]:
        return  # đã giữ bản mới hơn (khi đọc lại từ đầu)
    picture = FOLDER / "pictures" / f"{item['uuid']}.jpg"
    if item["pubstatus"] != "usable":
        picture.unlink(missing_ok=True)  # thu hồi, tạm gỡ: chỉ còn lời báo
    for rendition in item.get("renditions", []):
        if rendition["name"] == "press":
            try:
                save(picture, ask(rendition["href"]))
            except HTTPError as error:
                if error.code not in (403, 404, 410):
                    raise
                # Ảnh vừa bị thu hồi: lời báo nằm ở trang sau.
    content = json.dumps(item, ensure_ascii=False).encode()
    save(FOLDER / "items" / f"{item['uuid']}.json", content)


def pull():
    while True:
        after = CURSOR.read_text() if CURSOR.exists() else ""
        try:
            page = json.loads(ask(f"{API}/feed/?{urlencode({'after': after})}"))
        except HTTPError as error:
            if error.code != 410:
                raise
            CURSOR.unlink()  # con trỏ quá cũ: đọc lại từ đầu
            continue
        for item in page["items"]:
            store(item)
        save(CURSOR, page["next"].encode())  # sau khi đã cất xong cả trang
        if page["next"] == after:
            return


def confirm():
    """Xác nhận những điều đã làm theo (đã lên trang của mình thì sửa, gỡ ở đó trước)."""
    asked = json.loads(ask(f"{API}/confirmations/"))["items"]
    done = [
        {"uuid": one["uuid"], "version": one["version"]}
        for one in asked
        if version(one["uuid"]) >= one["version"]
    ]
    if done:
        ask(f"{API}/confirmations/", json.dumps({"items": done[:100]}).encode())


for name in ("items", "pictures"):
    (FOLDER / name).mkdir(parents=True, exist_ok=True)
try:
    pull()
    confirm()
except HTTPError as error:  # lần chạy sau tiếp tục từ chỗ này
    sys.exit(f"Không lấy được tin: HTTP {error.code} {error.read().decode()}")
