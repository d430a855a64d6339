"""Fifty calls in each of eight threads, by turns; run alone, with every DuckDB that is promised."""

from __future__ import annotations

import threading

import vietnam_foreign_affairs as vfa

THREADS, CALLS = 8, 50
ASKED = [
    lambda: vfa.read("partnership_tiers").fetchall(),
    lambda: vfa.query("partners_as_of", day="2024-12-31").fetchall(),
    lambda: vfa.read("partners").limit(3).fetchall(),
    lambda: vfa.query("country_ladder", country="FRA").fetchall(),
    lambda: vfa.read("countries").filter("region = 'Asia'").fetchall(),
]


def main() -> None:
    answers: dict[int, set[str]] = {n: set() for n in range(len(ASKED))}
    errors: list[BaseException] = []
    start = threading.Barrier(THREADS)
    done = 0
    counting = threading.Lock()

    def work(first: int) -> None:
        nonlocal done
        start.wait()
        for call in range(CALLS):
            number = (first + call) % len(ASKED)
            try:
                answers[number].add(repr(ASKED[number]()))
            except BaseException as error:
                errors.append(error)
            with counting:
                done += 1

    threads = [threading.Thread(target=work, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors, errors[:3]
    assert [len(found) for found in answers.values()] == [1] * len(ASKED)
    assert not answers[0] & {"[]"}
    print(f"{done} calls")


if __name__ == "__main__":
    main()
