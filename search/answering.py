"""Who answers a question: the chosen engine while it is well and up to date, else the embedded one.

What a reader sees is the same either way. An engine that failed is left alone for a while and tried
again by itself; one that is behind the ledger is not asked, since it may show what was taken back.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, TypeVar

from django.db import DatabaseError, transaction

from search import reader
from search.engines import kept_engines
from search.engines.base import Engine, EngineError, hurrying
from search.models import EngineTrouble

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 60.0
# What bringing an engine up to date may cost the reader who happens to notice.
CATCH_UP_SECONDS: Final = 5.0


class Breaker:
    """Whether an engine may be asked. Each failure in a row doubles the pause, in seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.failures = 0
        self.untried = True
        self.until = 0.0
        self.lock = threading.Lock()

    def allows(self) -> bool:
        """After a pause one asker at a time tries; the others wait out another pause."""
        with self.lock:
            if not self.failures:
                return True
            if self.clock() < self.until:
                return False
            self.until = self.clock() + FIRST_PAUSE
            return True

    def failed(self) -> None:
        with self.lock:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self.failures)
            self.failures = min(self.failures + 1, 10)
            self.until = self.clock() + pause

    def succeeded(self) -> bool:
        """Whether this is the first answer after a failure, or of this process."""
        with self.lock:
            healed = self.untried or self.failures != 0
            self.untried, self.failures = False, 0
        return healed


_breakers: dict[str, Breaker] = {}


def breaker(engine: Engine) -> Breaker:
    """This process's breaker of an engine."""
    return _breakers.setdefault(engine.name, Breaker())


def answered(ask: Callable[[Engine], Answer]) -> Answer:
    """What the best engine says. Raises EngineError only where the last one fails too."""
    *preferred, spare = kept_engines()
    for engine in preferred:
        guard = breaker(engine)
        if not guard.allows():
            continue
        try:
            current = keep_up(engine, spare)
            if current:
                answer = ask(engine)
        except EngineError as error:
            guard.failed()
            logger.warning("Engine %s does not answer: %s", engine.name, error)
            _tell_staff(engine, error)
            continue
        if guard.succeeded():
            _tell_staff(engine, None)
        if current:
            return answer
    try:
        keep_up(spare)
    except EngineError:
        logger.exception("Archive index not up to date")
    return ask(spare)


def _tell_staff(engine: Engine, error: EngineError | None) -> None:
    """Best effort: a reader's search never fails for it."""
    try:
        with transaction.atomic():
            if error is None:
                EngineTrouble.objects.filter(engine=engine.name).delete()
            else:
                said = {"error": str(error)[:500]}
                EngineTrouble.objects.get_or_create(engine=engine.name, defaults=said)
    except DatabaseError:
        logger.warning("State of engine %s not written", engine.name, exc_info=True)


def keep_up(engine: Engine, *beside: Engine) -> bool:
    """Take in what was released since; a signal can be lost, the ledger cannot.

    What stands beside an engine that is behind reads on too: it lends its words, or takes over.
    Whether the index is now where the ledger is. Raises EngineError where the engine is away.
    """
    try:
        if not reader.is_behind(engine):
            return True
        with hurrying(CATCH_UP_SECONDS):
            for other in beside:
                _read_on(other)
            reader.catch_up(engine, wait=False, batches=1)
        return not reader.is_behind(engine)
    except (DatabaseError, OSError) as error:
        logger.exception("Archive index %s not up to date: %s", engine.name, error)
        return False


def _read_on(engine: Engine) -> None:
    try:
        reader.catch_up(engine, wait=False, batches=1)
    except EngineError as error:
        logger.warning("Archive index %s not up to date: %s", engine.name, error)
