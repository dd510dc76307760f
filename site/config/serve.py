"""`make run`: prepare the trial site once, serve it, print its address when it answers.

Preparing (migrations, units, demo content) is skipped when nothing that it depends on has changed.
"""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
HOST, PORT = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
MANAGE = [sys.executable, str(ROOT / "manage.py")]


def say(text: str) -> None:
    print(f"• {text}", flush=True)  # noqa: T201


def fingerprint() -> str:
    """Of all that preparing depends on: migrations, unit data, demo content, the database."""
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for pattern in ("**/migrations/*.py", "stories/*/data/*", "stories/website/demo/*"):
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file() and ".venv" not in path.parts and "var" not in path.parts:
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def prepare() -> None:
    stamp, now = VAR / ".prepared", fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    for text, command in (
        ("Tạo cơ sở dữ liệu…", ["migrate", "--verbosity", "0"]),
        ("Nạp đơn vị của tỉnh…", ["sync_units"]),
        ("Lập chỉ mục tìm kiếm của trang quản trị…", ["rebuild_modelsearch_index", "-v0"]),
        ("Nạp nội dung chạy thử (tài khoản, bài, ảnh)…", ["seed_demo"]),
    ):
        say(text)
        subprocess.run([*MANAGE, *command], check=True)
    stamp.write_text(now)


def taken() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, int(PORT))) == 0


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return response.status == 200
    except OSError:
        return False


def main() -> int:
    base = f"http://{HOST}:{PORT}"
    os.environ.setdefault("PUBLIC_BASE_URL", base)
    if taken():
        say(f"Cổng {PORT} đang có chương trình khác dùng. Hãy chọn cổng khác: PORT=8001 make run")
        return 1
    prepare()
    say("Khởi động máy chủ…")
    server = subprocess.Popen([*MANAGE, "runserver", "--noreload", f"{HOST}:{PORT}"])
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        while server.poll() is None and not answers(f"{base}/healthz"):
            time.sleep(0.2)
        if server.poll() is None:
            say(f"Sẵn sàng: {base}/  (quản trị: {base}/quan-tri/, dừng: Ctrl+C)")
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        return server.wait()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except subprocess.CalledProcessError as error:
        say(f"Dừng: “{' '.join(map(str, error.cmd[1:]))}” chưa làm được (mã {error.returncode}).")
        sys.exit(error.returncode)
