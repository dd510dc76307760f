"""The integration guide at `/bao-chi/huong-dan/`, and its clients to take along.

What the page shows is what lies in `clients/`, and what the tests run.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FOLDER: Final = Path(__file__).parent / "clients"
HOUR: Final = 3600


@dataclass(frozen=True)
class GuideClient:
    """`name` is the file's, `language` for people, `needs` what has to be installed."""

    name: str
    language: str
    needs: str

    @property
    def code(self) -> str:
        return (FOLDER / self.name).read_text(encoding="utf-8")


CLIENTS: Final = (
    GuideClient("pull.sh", "curl", "bash, curl, jq"),
    GuideClient("pull.py", "Python", "Python 3.9"),
    GuideClient("pull.php", "PHP", "PHP 7.4"),
    GuideClient("pull.mjs", "JavaScript", "Node.js 18"),
)
HOOK: Final = GuideClient("webhook.php", "PHP", "PHP 7.4, pull.php")
_BY_NAME: Final = {client.name: client for client in (*CLIENTS, HOOK)}


@require_safe
@cache_control(public=True, max_age=HOUR)
def guide(request: HttpRequest) -> HttpResponse:
    return render(request, "press/guide.html", {"clients": CLIENTS, "hook": HOOK})


@require_safe
@cache_control(public=True, max_age=HOUR)
def client(request: HttpRequest, name: str) -> FileResponse:
    """`/bao-chi/huong-dan/<name>`: a client as a file."""
    if name not in _BY_NAME:
        raise Http404
    return FileResponse(
        (FOLDER / name).open("rb"),
        as_attachment=True,
        filename=name,
        content_type="text/plain; charset=utf-8",
    )
