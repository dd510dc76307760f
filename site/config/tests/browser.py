"""A real site for browser tests: own process, own database, Debian's Chromium, one per session."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "guong-sang-2026"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Site:
    base: str
    env: dict[str, str]

    def manage(self, *command: str) -> str:
        """Run a management command on the site's own database; its standard output."""
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *command],
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serve(folder: Path, prepare: str) -> Iterator[Site]:
    """A migrated site at a free port, `prepare` (Python) run in its shell first."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "VAR_DIR": str(folder),
        "PUBLIC_BASE_URL": base,
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
    env.pop("DATABASE_URL", None)
    site = Site(base, env)
    site.manage("migrate", "--verbosity", "0")
    site.manage("shell", "--verbosity", "0", "--command", prepare)
    log = (folder / "server.log").open("wb")
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "runserver", "--noreload", f"127.0.0.1:{port}"],
        env=env,
        stdout=log,
        stderr=log,
    )
    try:
        for _attempt in range(150):
            try:
                urllib.request.urlopen(f"{base}/healthz", timeout=2).close()
                break
            except OSError:
                time.sleep(0.2)
        yield site
    finally:
        server.terminate()
        server.wait(10)
        log.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def log_in(
    browser: Browser, site: Site, username: str, width: int = 1280, *, policy: bool = False
) -> Page:
    """A fresh page, signed in to the admin.

    With the site's `policy` (CSP) on, Playwright can't wait for a function: it evaluates its text.
    """
    viewport = {"width": width, "height": 900}
    page = browser.new_context(viewport=viewport, locale="vi-VN", bypass_csp=not policy).new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{site.base}/quan-tri/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{site.base}/quan-tri/")
    return page


def keep_screenshots(browser: Browser, folder: Path) -> None:
    """A picture of each open page goes to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, context in enumerate(browser.contexts):
        for page in context.pages:
            page.screenshot(path=folder / f"failed-{number}.png")
