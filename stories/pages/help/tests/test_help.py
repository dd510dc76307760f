"""The guides: the right one first, true to the screens they speak of, one click from them."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.roles import BOARD, OFFICE
from stories import factories
from stories.pages.help.guides import GUIDES, PARTS, SCREENS

pytestmark = pytest.mark.django_db
ROOT = Path(settings.BASE_DIR)
OWN = "help"  # the guides can't vouch for themselves
QUOTED = re.compile("“([^”]+)”")
TRANSLATED = re.compile(
    r"""{%\s*translate\s+"([^"]+)"|\b_\(\s*"([^"]+)"|gettext_lazy\(\s*"([^"]+)\""""
)
BLOCKS = re.compile(r"{%\s*blocktranslate.*?%}(.*?){%\s*endblocktranslate", re.DOTALL)


def sources() -> Iterator[str]:
    for folder in ("stories", "media", "site/accounts", "templates"):
        for file in (ROOT / folder).rglob("*"):
            if file.suffix in (".py", ".html") and not {OWN, "tests"} & set(file.parts):
                yield file.read_text("utf-8")


def plain(label: str) -> str:
    """Without markup, without a count at its end, a small letter first."""
    label = re.sub(r"<[^>]*>", "", label)
    label = re.sub(r"\s*\((?:{{.*?}}|%\(\w+\)d)\)$", "", " ".join(label.split()))
    return label[:1].lower() + label[1:]


@pytest.fixture(scope="module")
def labels() -> set[str]:
    """Every text that the product or the catalogue puts on a screen."""
    with (ROOT / "locale/vi/LC_MESSAGES/django.mo").open("rb") as file:
        found = set(gettext.GNUTranslations(file)._catalog.values())
    for text in sources():
        found |= {next(filter(None, groups)) for groups in TRANSLATED.findall(text)}
        found |= set(BLOCKS.findall(text))
    return {plain(label) for label in found | {BOARD, OFFICE} if isinstance(label, str)}


def page(client, slug: str) -> str:
    return client.get(reverse("help", args=[slug])).content.decode()


@pytest.mark.parametrize("slug", GUIDES)
def test_a_guide_names_only_what_stands_on_a_screen(client, people, labels, slug) -> None:
    client.force_login(people["editor"])
    text = page(client, slug).partition('class="help"')[2]
    named = {unescape(label) for label in QUOTED.findall(text)}
    assert named
    assert {label for label in named if plain(label) not in labels} == set()


@pytest.mark.parametrize(
    ("role", "slug"),
    [
        ("editor", "viet-bai"),
        ("reviewer", "duyet-bai"),
        ("province_reviewer", "duyet-bai"),
        ("board", "ban-tuyen-giao"),
        ("office", "van-phong"),
        ("admin", "quan-tri"),
    ],
)
def test_the_first_guide_is_that_of_the_persons_role(client, people, role, slug) -> None:
    people["office"] = factories.user("vanphong", OFFICE)
    client.force_login(people[role])
    shown = client.get(reverse("help")).content.decode()
    assert f'<a href="{reverse("help", args=[slug])}" aria-current="page">' in shown
    assert reverse("help") in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("slug", GUIDES)
def test_every_part_of_a_guide_has_its_text_and_its_place(client, people, slug) -> None:
    client.force_login(people["board"])
    text = page(client, slug)
    for part in GUIDES[slug].parts:
        assert f'<section id="{part.anchor}"' in text
        assert f'href="#{part.anchor}"' in text
    assert {anchor for guide in GUIDES.values() for anchor in guide.anchors} == set(PARTS)


def test_a_screen_leads_to_the_part_that_explains_it(client, people) -> None:
    waiting = factories.submit(factories.story(people["editor"]), people["editor"])
    client.force_login(people["reviewer"])
    screens = {reverse("review_page", args=[waiting.pk]): "duyet-mot-bai"}
    screens[reverse("desk_deputies")] = "uy-quyen"
    for address, anchor in screens.items():
        link = reverse("help_part", args=[anchor])
        assert f'href="{link}"' in client.get(address).content.decode()
        target = client.get(link)["Location"]
        assert target == f"{reverse('help', args=['duyet-bai'])}#{anchor}"


def test_every_link_of_a_screen_has_its_part() -> None:
    assert set(SCREENS.values()) <= set(PARTS)


def test_what_is_not_there_is_not_explained(client, people) -> None:
    client.force_login(people["editor"])
    for address in (reverse("help", args=["khong-co"]), reverse("help_part", args=["khong-co"])):
        assert client.get(address).status_code == 404


def test_the_guides_are_for_staff(client) -> None:
    response = client.get(reverse("help"))
    assert response.status_code == 302
    assert reverse("wagtailadmin_login") in response["Location"]
