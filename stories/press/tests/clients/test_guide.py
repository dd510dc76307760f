"""The integration guide: its clients work as they stand there, and its page shows those files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from html import unescape
from http.client import HTTPConnection

import pytest
from wagtail.models import Collection

from stories import factories
from stories.pages.models import Withdrawal
from stories.press import services
from stories.press.guide.pages import CLIENTS, FOLDER, HOOK
from stories.press.models import PressClient, PressConfirmation
from stories.press.tests.clients import guide
from stories.press.webhooks import signing

GUIDE = "/bao-chi/huong-dan/"


@pytest.fixture
def clients(live_server, settings, tmp_path) -> list[guide.RunningClient]:
    """Each client of the guide at a newspaper of its own, with a key of its own."""
    settings.PUBLIC_BASE_URL = live_server.url
    made = []
    for name in guide.NAMES:
        guide.must_be_there(name)
        newspaper = PressClient.objects.create(name=name, organisation=f"Báo {name}")
        key = services.create_key(client=newspaper)[1]
        made.append(guide.RunningClient(name, live_server.url, key, tmp_path / name))
    return made


@pytest.mark.xdist_group("concurrency")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_clients_copied_from_the_guide_keep_in_step_with_the_ledger(clients, people):
    Collection.fix_tree()  # what a flushed database is filled with again counts no children
    story = factories.publish(
        factories.story(people["editor"], lead_picture=factories.picture(seed=1)), people
    )
    for client in clients:
        assert client.run() == (0, ""), client.name
        held = client.items()
        assert held[str(story.uuid)]["text"]
        [(picture, jpeg)] = client.pictures().items()
        [press] = [one for one in held[picture]["renditions"] if one["name"] == "press"]
        assert (len(jpeg), jpeg[:3]) == (press["size"], b"\xff\xd8\xff")

        # Nothing new: nothing changes. Read again from the start: the same is held.
        assert client.run() == (0, "")
        (client.folder / "cursor").unlink()
        assert client.run() == (0, "")
        assert client.items() == held

    type(story).objects.get(pk=story.pk).withdraw(
        Withdrawal("canceled", "Nhân vật rút đồng ý."), people["board"]
    )
    for client in clients:
        before = client.items()
        assert client.run() == (0, ""), client.name
        after = client.items()
        assert {item["pubstatus"] for item in after.values()} == {"canceled"}
        assert client.pictures() == {}
        assert before[str(story.uuid)]["lead"].encode() not in client.bytes()
    # Two things each, the text and its picture, were to be confirmed, and are.
    assert PressConfirmation.objects.count() == 2 * len(clients)
    assert not PressConfirmation.objects.open().exists()

    for client in clients:
        cursor = (client.folder / "cursor").read_bytes()
        services.revoke_key(key=PressClient.objects.get(name=client.name).keys.get())
        status, said = client.run()
        assert status != 0
        assert "401" in said
        assert "cấp khóa mới" in said, client.name
        assert (client.folder / "cursor").read_bytes() == cursor


def test_the_page_shows_the_very_files_and_hands_them_out(client, db):
    page = client.get(GUIDE)
    assert page.status_code == 200
    for one in (*CLIENTS, HOOK):
        answer = client.get(f"{GUIDE}{one.name}")
        assert b"".join(answer.streaming_content) == (FOLDER / one.name).read_bytes()
        assert f'filename="{one.name}"' in answer.headers["Content-Disposition"]
        assert one.code in unescape(page.content.decode())


@pytest.mark.parametrize("name", ["pages.py", "__init__.py", "..%2Fpages.py", "pull.rb"])
def test_no_other_file_is_handed_out(client, db, name):
    assert client.get(f"{GUIDE}{name}").status_code == 404


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_webhook_receiver_knows_our_calls_from_others(tmp_path):
    """PHP's own web server stands in for the newsroom's."""
    guide.must_be_there("pull.php")
    shutil.copy(FOLDER / HOOK.name, tmp_path)
    (tmp_path / "pull.php").write_text("<?php", encoding="utf-8")
    secret, body, now = signing.new_secret(), b'{"type":"release"}', datetime.now(UTC)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        ["php", "-S", f"127.0.0.1:{port}", "-t", str(tmp_path)],
        env={"PATH": os.environ["PATH"], "GUONG_SANG_WEBHOOK": secret},
        stderr=subprocess.DEVNULL,
    )

    def call(headers: dict, content: bytes = body) -> int:
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        connection.request("POST", f"/{HOOK.name}", content, headers)
        status = connection.getresponse().status
        connection.close()
        return status

    try:
        while not listening(port):
            assert server.poll() is None
            time.sleep(0.05)
        changing = signing.headers([signing.new_secret(), secret], "msg_1", now, body)
        assert call(signing.headers([secret], "msg_1", now, body)) == 204
        assert call(changing) == 204
        assert call(changing, b'{"type":"other"}') == 403
        assert call(signing.headers([signing.new_secret()], "msg_1", now, body)) == 403
        assert call(signing.headers([secret], "msg_1", now - timedelta(hours=1), body)) == 403
        assert call({}) == 403
    finally:
        server.terminate()
        server.wait(10)
