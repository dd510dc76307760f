"""`make lighthouse`: how a cheap phone on a slow line finds the five main pages.

The production server with demo content, Debian's Chromium, Lighthouse's mobile profile; the median
of three runs. Prints a Markdown table; exit 1 where a page misses what it must have. Reports stay
in `var/lighthouse/`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
VAR = ROOT / "var" / "lighthouse"
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3
TRIES = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu"


class Broken(RuntimeError):
    """Lighthouse could not score every category."""


def main() -> int:
    VAR.mkdir(parents=True, exist_ok=True)
    tool = installed()
    rows, missed = [], []
    with served() as base:
        for name, path in pages(base).items():
            scores, facts = measured(tool, f"{base}{path}", name)
            rows.append(f"| {name} | " + " | ".join([*map(str, scores.values()), *facts]) + " |")
            missed += [f"{name}: {key} {scores[key]}" for key in LEAST if scores[key] < LEAST[key]]
    heads = ("page", *LEAST, "LCP s", "CLS", "TBT ms", "kB")
    say("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|\n" + "\n".join(rows))
    for one in missed:
        say(f"MISSED {one}")
    return 1 if missed else 0


def installed() -> Path:
    """Lighthouse as package-lock.json pins it."""
    tool = VAR / "node_modules" / ".bin" / "lighthouse"
    if not tool.exists():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, VAR / name)
        run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=VAR)
    return tool


@contextmanager
def served() -> Iterator[str]:
    """The site as in production, with demo content; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    env = os.environ | {
        "VAR_DIR": os.environ.get("VAR_DIR", str(VAR / "site")),
        "PUBLIC_BASE_URL": base,
        "SECRET_KEY": "only-for-measuring-on-this-machine-and-for-nothing-else",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
    dev = env | {"DJANGO_SETTINGS_MODULE": "config.settings.dev"}
    production = env | {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
    for command in (["migrate", "-v0"], ["sync_units"], ["seed_demo"]):
        manage(dev, *command)
    manage(production, "collectstatic", "--no-input", "-v0")
    serve = [sys.executable, "-m", "gunicorn", "--chdir", "site", "--workers", "2"]
    serve += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning", "config.wsgi"]
    server = subprocess.Popen(serve, cwd=ROOT, env=production)
    try:
        for _attempt in range(100):
            try:
                fetch(f"{base}/healthz")
                break
            except OSError:
                time.sleep(0.2)
        yield base
    finally:
        server.terminate()
        server.wait(10)


def manage(env: dict[str, str], *command: str) -> None:
    run(sys.executable, str(ROOT / "manage.py"), *command, env=env)


def pages(base: str) -> dict[str, str]:
    """The five main pages; a story and a profile as the lists show them first."""
    story = first(base, "/phu-nu-dat-to/", r'href="(/phu-nu-dat-to/(?!so/)[\w-]+/)"')
    exemplar = first(base, "/dien-hinh/", r'href="(/dien-hinh/[\w-]+/)"')
    return {
        "home": "/",
        "column": "/phu-nu-dat-to/",
        "story": story,
        "exemplar": exemplar,
        "archive": "/luu-tru/",
    }


def first(base: str, path: str, pattern: str) -> str:
    return re.search(pattern, fetch(f"{base}{path}"))[1]


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def measured(tool: Path, url: str, name: str) -> tuple[dict[str, int], list[str]]:
    """Scores by category (the median of RUNS), and the facts beside them."""
    fetch(url)
    reports = [report(tool, url, f"{name}-{number}") for number in range(RUNS)]
    scores = {
        key: int(statistics.median(100 * one["categories"][key]["score"] for one in reports))
        for key in LEAST
    }

    def fact(audit: str) -> float:
        return statistics.median(one["audits"][audit]["numericValue"] for one in reports)

    return scores, [
        f"{fact('largest-contentful-paint') / 1000:.1f}",
        f"{fact('cumulative-layout-shift'):.3f}",
        f"{fact('total-blocking-time'):.0f}",
        f"{fact('total-byte-weight') / 1024:.0f}",
    ]


def report(tool: Path, url: str, name: str) -> dict:
    """One run's report; a run that Chromium broke off (a busy machine) is made again."""
    for _again in range(TRIES - 1):
        try:
            return attempt(tool, url, name)
        except (subprocess.CalledProcessError, Broken):
            say(f"{name}: again")
    return attempt(tool, url, name)


def attempt(tool: Path, url: str, name: str) -> dict:
    out = VAR / f"{name}.json"
    chromium = shutil.which("chromium") or "/usr/bin/chromium"
    run(
        str(tool),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={out}",
        f"--chrome-flags={FLAGS}",
        f"--only-categories={','.join(LEAST)}",
        env=os.environ | {"CHROME_PATH": chromium},
    )
    found = json.loads(out.read_text(encoding="utf-8"))
    if any(found["categories"][key]["score"] is None for key in LEAST):
        raise Broken(f"{name}: {found.get('runtimeError')}")
    return found


def run(*command: str, **options) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
