"""One round of everything that press clients are told; each part by itself, none stops another.

By cron (`press_round`), and after a release by a thread of the process that released: nobody who
publishes waits for a newspaper's server. A thread that dies with its process leaves the rest to
the next round.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connections

from stories.press.clippings import upkeep
from stories.press.models import HubSubscription, HubWish, PressDelivery, PressHook, PressPerson
from stories.press.questions import mails as answers
from stories.press.reports import units
from stories.press.room import rounds as room
from stories.press.silence import digests, watching
from stories.press.told import mails
from stories.press.told import reader as holders
from stories.press.told import services as told
from stories.press.webhooks import delivery, reader
from stories.press.websub import hub

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Round:
    """What a round did, in numbers, and the parts that broke."""

    sent: int = 0
    failed: int = 0
    broken: list[str] = field(default_factory=list)


def webhooks(done: Round) -> None:
    reader.catch_up()
    run = delivery.send_due()
    done.sent += run.sent
    done.failed += run.failed
    delivery.forget_old()


def confirmations(done: Round) -> None:
    holders.catch_up()
    told.remind()
    told.see_told()
    sent, failed = mails.send_due()
    done.sent += sent
    done.failed += failed
    told.escalate()


def websub(done: Round) -> None:
    hub.verify_due()
    sent, failed = hub.distribute()
    done.sent += sent
    done.failed += failed


def silence(done: Round) -> None:
    watching.watch()
    sent, failed = digests.send()
    done.sent += sent
    done.failed += failed


def people(done: Round) -> None:
    sent, failed = room.go()
    done.sent += sent
    done.failed += failed


def questions(done: Round) -> None:
    sent, failed = answers.send_due()
    done.sent += sent
    done.failed += failed


def clippings(done: Round) -> None:
    upkeep.forget_purged()
    units.catch_up()


PARTS: dict[str, Callable[[Round], None]] = {
    "webhooks": webhooks,
    "confirmations": confirmations,
    "websub": websub,
    "silence": silence,
    "questions": questions,
    "clippings": clippings,
    "people": people,
}


def run(*names: str) -> Round:
    """The named parts, or all."""
    done = Round()
    for name in names or PARTS:
        try:
            PARTS[name](done)
        except Exception:
            logger.exception("Phần %s của lượt báo tin bị hỏng", name)
            done.broken.append(name)
    return done


def is_wanted() -> bool:
    """Whether anybody is to be told anything at all."""
    return (
        PressHook.objects.active().exists()
        or PressDelivery.objects.exists()
        or HubSubscription.objects.exists()
        or HubWish.objects.exists()
        or PressPerson.objects.exists()
    )


class Worker:
    """At most one thread of this process; asked while it runs, it goes round once more."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._wanted = False
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        with self._lock:
            self._wanted = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="press", daemon=True)
                self._thread.start()

    def wait(self) -> None:
        """Until it has nothing more to do (for tests)."""
        while (thread := self._thread) is not None:
            thread.join()

    def _run(self) -> None:
        while self._is_wanted():
            try:
                self._work()
            except Exception:
                logger.exception("Lượt báo tin bị hỏng")
            finally:
                connections.close_all()

    def _is_wanted(self) -> bool:
        """Whether to go round again; if not, the next `wake` starts a new thread."""
        with self._lock:
            wanted, self._wanted = self._wanted, False
            if not wanted:
                self._thread = None
            return wanted


worker = Worker(run)


def at_once() -> None:
    """Go round now if there is anyone to tell, in a thread."""
    if settings.PRESS_TOLD_AT_ONCE and is_wanted():
        worker.wake()


def now() -> None:
    """As `at_once`, where somebody is known to wait."""
    if settings.PRESS_TOLD_AT_ONCE:
        worker.wake()


def on_released(sender: object, **kwargs: object) -> None:
    """A release is committed."""
    at_once()
