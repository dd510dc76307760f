"""The demo accounts' password is printed in the README: outside a trial it opens nothing."""

from __future__ import annotations

import pytest
from django.contrib.auth import authenticate

from accounts.backends import DEMO_PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [True, False])
def test_the_demo_password_opens_only_a_trial(people, settings, debug) -> None:
    settings.DEBUG = debug
    found = authenticate(username=people["board"].username, password=DEMO_PASSWORD)
    assert (found == people["board"]) is debug
