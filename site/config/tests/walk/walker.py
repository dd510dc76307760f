"""Walks: opens every address as each role, sends every form empty and as it stands, searches."""

from __future__ import annotations

from collections import defaultdict
from http.cookies import SimpleCookie
from itertools import islice

from django.core import mail
from django.test import Client

from config.tests import walls
from config.tests.walk import english, texts
from config.tests.walk.routes import PREFIX, SCRIPTS, Route, routes
from config.tests.walk.samples import ROLES, World

# Screens that say other things in each state of a page: opened for every one. Of others, a few.
IN_EVERY_STATE = {
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:add",
    "wagtailadmin_pages:delete",
    "wagtailadmin_explore",
    "review_page",
    "read_page",
    "withdraw_page",
    "emergency_ask",
    "wagtail_bulk_action",
    "story_from_word",
    "wagtailadmin_pages:set_privacy",
}
IN_FULL = {"editor"}
SHOWING = {200, 403, 404, 422}
A_FEW, MORE, FORMS, BUTTONS = 3, 7, 2, 3
# What isn't there, and what only an administrator may see: a page, or a message on the home page.
LEADING_NOWHERE = (f"/{PREFIX}khong-co/", f"/{PREFIX}users/", f"/{PREFIX}pages/999999/edit/")
NOWHERE = "không có bài như vậy"


class Walk:
    """`leftovers`: English text → where it stands. `seen`: routes that showed something.
    `crashes`: what answered with an error of the server."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.names = {person.username for person in world.people.values()}
        self.leftovers: dict[str, set[str]] = defaultdict(set)
        self.seen: set[Route] = set()
        self.crashes: list[str] = []
        self.requests = 0
        self._sent: dict[str, int] = defaultdict(int)
        self._searched: set[str] = set()

    def as_everyone(self) -> Walk:
        for role in ROLES:
            self.role, self.client = role, Client(raise_request_exception=False)
            self.client.force_login(self.world.people[role])
            self._walk()
        self.role, self.client = "anonymous", Client(raise_request_exception=False)
        self._walk(lambda route: "login" in route.name or "password" in route.name)
        return self

    def _walk(self, wanted=lambda route: True) -> None:
        self.cookies = {name: one.value for name, one in self.client.cookies.items()}
        for address in LEADING_NOWHERE:
            self._ask("get", address, address, follow=True)
        for route in filter(wanted, routes()):
            if route.name in SCRIPTS:
                continue
            known = route in self.seen
            if route.name in IN_EVERY_STATE:
                few = None if self.role in IN_FULL else MORE
            else:
                few = 1 if known else A_FEW
            for address in islice(route.addresses(self.world), few):
                self._open(route, address)

    def _open(self, route: Route, address: str) -> None:
        answer = self._ask("get", address, route.name, follow="confirm/" in address)
        if answer is None:
            return
        self.seen.add(route)
        for form in answer.forms:
            if form.method == "post" and self._sent[route.name] < FORMS:
                self._sent[route.name] += 1
                self._send(route, address, form)
            elif form.method == "get" and "q" in dict(form.values):
                self._search(route, address)

    def _send(self, route: Route, address: str, form: texts.Form) -> None:
        target = form.action or address
        if target.startswith("?"):
            target = address.partition("?")[0] + target
        where = f"{route.name}, sent"
        self._ask("post", target, where, form.emptied(), follow=True)
        for button in form.buttons[:BUTTONS] or [None]:
            self._ask("post", target, where, form.filled(button), follow=True)

    def _search(self, route: Route, address: str) -> None:
        if route.name not in self._searched:
            self._searched.add(route.name)
            for query in ("a", NOWHERE):
                self._ask("get", address, f"{route.name}, searched", {"q": query})

    def _ask(
        self, method: str, address: str, where: str, data=None, follow: bool = False
    ) -> texts.Reader | None:
        """What is answered, after redirects if asked; nothing that it did stays in the database."""
        self.requests += 1
        self.client.cookies = SimpleCookie(self.cookies)
        before = len(mail.outbox)
        with walls.undone():
            response = getattr(self.client, method)(address, data or {}, follow=follow)
        if response.status_code >= 500:
            self.crashes.append(f"{self.role}: {method} {address}")
            return None
        for letter in mail.outbox[before:]:
            self._read([letter.subject, letter.body], f"{where}, a letter")
        if response.status_code not in SHOWING:
            return None
        answer = texts.of_answer(response)
        self._read(answer.texts, where)
        return answer if response.status_code == 200 else None

    def _read(self, said: list[str], where: str) -> None:
        for text in said:
            words = [word for word in english.leftovers(text) if word not in self.names]
            if words:
                short = " ".join(text.split())[:120]
                self.leftovers[f"{short} [{', '.join(words[:4])}]"].add(f"{self.role}: {where}")
