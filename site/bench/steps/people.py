"""Ours: the cast of the tests (editors, reviewers, Ban Tuyên giáo) in the scratch database."""

from __future__ import annotations

import django

from bench.steps import answer


def main() -> None:
    from stories import factories

    cast = factories.cast() or factories.people()
    answer(people=len(cast))


if __name__ == "__main__":
    django.setup()
    main()
