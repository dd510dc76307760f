"""A guest's answer from a phone, in a real browser: what its rules on origins and forms let through."""

from __future__ import annotations

import pytest

from config.tests.browser import chromium, serve

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PREPARE = "from stories import factories; factories.people()"
INVITE = """
from stories import factories
from stories.moderation import guest_mail
from stories.moderation.tests.guests import invited
link = invited(factories.cast(), lead_picture=factories.picture())
print(guest_mail.address(link))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("site"), PREPARE) as running:
        yield running


def test_a_guest_reads_ticks_and_approves_on_a_phone(site) -> None:
    address = site.manage("shell", "--verbosity", "0", "--command", INVITE).split()[-1]
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        seen = []
        page.on("response", lambda response: seen.append((response.status, response.url)))
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert page.evaluate("document.querySelector('article img').naturalWidth") > 0
        assert not [url for status, url in seen if status >= 400 or not url.startswith(site.base)]
        form = page.locator("form", has=page.get_by_role("button", name="Phê duyệt và đăng"))
        for tick in form.get_by_role("checkbox").all():
            tick.check()
        form.get_by_role("button").click()
        page.get_by_role("heading", name="Đã ghi nhận câu trả lời").wait_for()
        page.goto(address)
        page.get_by_role("heading", name="Ông/bà đã trả lời bài này").wait_for()
