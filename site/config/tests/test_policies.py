"""What every answer tells browsers: nothing from elsewhere, nothing written into the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from config import middleware
from stories import factories
from stories.website.tests.ledger import released_exemplar, released_story

pytestmark = pytest.mark.django_db
PUBLIC = ("/", "/phu-nu-dat-to/", "/dien-hinh/", "/don-vi/", "/chu-de/", "/luu-tru/?q=xa")
PUBLIC += ("/gioi-thieu/", "/bao-chi/", "/khong-co/", "/api/v1/stories/", "/phu-nu-dat-to/atom.xml")


def directives(response) -> dict[str, str]:
    pairs = response["Content-Security-Policy"].split("; ")
    return dict(pair.split(" ", 1) for pair in pairs)


def test_the_public_site_allows_nothing_from_elsewhere_and_nothing_inline(client):
    for url in (*PUBLIC, released_story().path, released_exemplar().path):
        answer = client.get(url)
        policy = directives(answer)

        assert policy["default-src"] == "'none'", url
        assert policy["script-src"] == "'self'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe" not in str(policy) and "http" not in str(policy)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] in ("same-origin", "strict-origin-when-cross-origin")
        assert "camera=()" in answer["Permissions-Policy"]
        assert "<style" not in answer.content.decode()
        assert not re.search(r'\s(?:style|on\w+)="', answer.content.decode()), url


def test_the_admin_has_a_policy_of_its_own_that_stays_at_home(client):
    policy = directives(client.get("/quan-tri/login/"))

    assert "'unsafe-inline'" in policy["script-src"]
    assert policy["frame-ancestors"] == "'self'"
    assert "http" not in str(policy)


def test_plain_error_pages_may_keep_their_style_and_have_no_other(client):
    policy = middleware._policy(middleware.PUBLIC_POLICY)
    hashed = middleware._hash_of_plain_style()
    assert hashed in directives(client.get("/"))["style-src"]
    assert "{plain}" in policy
    folder = Path(settings.BASE_DIR / "templates")
    for name in ("403_csrf", "413", "500", "503", "maintenance"):
        page = (folder / f"{name}.html").read_text(encoding="utf-8")
        assert page.startswith('{% extends "plain.html" %}')
        assert "<style" not in page
    shared = (folder / "plain.html").read_text(encoding="utf-8")
    assert '{% include "components/plain_style.html" %}' in shared
    assert "<style" not in shared


def test_while_the_site_is_looked_after_everyone_is_told_so(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.handler.load_middleware()
    sign = tmp_path / "bao-tri"
    sign.write_text("Trang trở lại lúc 8 giờ <sáng>.", encoding="utf-8")

    answer = client.get("/phu-nu-dat-to/")

    assert answer.status_code == 503
    assert answer["Retry-After"] and answer["Cache-Control"] == "no-store"
    assert "Trang trở lại lúc 8 giờ &lt;sáng&gt;." in answer.content.decode()
    assert client.get("/healthz").status_code == 200
    sign.unlink()
    assert client.get("/phu-nu-dat-to/").status_code == 200


def test_in_production_browsers_are_told_to_come_by_https_for_a_year(settings):
    text = (settings.BASE_DIR / "site/config/settings/production.py").read_text(encoding="utf-8")

    assert '"SECURE_HSTS_SECONDS", "31536000"' in text
    assert text.index("MIDDLEWARE[:1]") < text.index("WhiteNoiseMiddleware")


def test_a_form_from_a_page_too_old_is_answered_in_the_reader_s_language():
    answer = Client(enforce_csrf_checks=True).post(
        "/bao-chi/dang-nhap/", {"email": "a@bao.example"}
    )

    assert answer.status_code == 403
    assert "tải lại trang rồi gửi lần nữa" in answer.content.decode()
    assert "CSRF" not in answer.content.decode()


def test_an_editor_sees_her_preview_in_its_frame(client, people):
    page = factories.story(people["editor"])
    client.force_login(people["editor"])

    policy = directives(client.get(f"/quan-tri/pages/{page.pk}/edit/preview/?mode="))

    assert policy["frame-ancestors"] == "'self'"


def test_the_editor_has_no_panel_that_counts_nothing(client, people):
    page = factories.story(people["editor"])
    client.force_login(people["editor"])
    section = page.get_parent().pk

    for address in (f"{page.pk}/edit/", f"add/pages/storypage/{section}/"):
        screen = client.get(f"/quan-tri/pages/{address}").content.decode()
        assert 'data-side-panel="preview"' in screen
        assert 'data-side-panel="checks"' not in screen
