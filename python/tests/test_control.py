"""Python goes on while maillage works, hears how far it is, and stops it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import maillage
from conftest import CHINONAIS, VALLEY


def long_work(progress: object = None) -> None:
    """Much longer than any test waits."""
    maillage.Territory.read(CHINONAIS).plan(nodes=10_000_000, progress=progress)  # type: ignore[arg-type]


def test_progress() -> None:
    seen: list[tuple[str, int, int]] = []
    territory = maillage.Territory.read(VALLEY, progress=lambda *step: seen.append(step))
    territory.plan(progress=lambda *step: seen.append(step))
    stages = [stage for stage, _, _ in seen]
    assert [stage for stage in ("reading", "travel", "reach", "groups") if stage in stages] == list(dict.fromkeys(stages))
    assert {"reading", "travel", "groups"} <= set(stages)
    assert all(0 <= done <= total for _, done, total in seen)


def test_progress_is_told_where_it_was_asked() -> None:
    threads: set[int] = set()
    maillage.Territory.read(VALLEY).plan(progress=lambda *_: threads.add(threading.get_ident()))
    assert threads == {threading.get_ident()}


@pytest.mark.parametrize("kind", [maillage.Cancelled, KeyError])
def test_an_exception_of_the_callback_comes_through(kind: type[Exception]) -> None:
    def stop(stage: str, done: int, total: int) -> None:
        if stage == "groups":
            raise kind("enough")

    with pytest.raises(kind, match="enough"):
        long_work(stop)


def test_other_threads_go_on() -> None:
    turns, done = 0, threading.Event()

    def count() -> None:
        nonlocal turns
        while not done.is_set():
            turns += 1
            time.sleep(0.001)

    class Enough(Exception):
        pass

    began = time.monotonic()

    def stop(stage: str, *_: int) -> None:
        if time.monotonic() - began > 1:
            raise Enough

    other = threading.Thread(target=count)
    other.start()
    try:
        with pytest.raises(Enough):
            long_work(stop)
    finally:
        done.set()
        other.join()
    assert turns > 100, "with the lock held there would be hardly one"


def test_several_threads_ask_the_same_territory() -> None:
    territory = maillage.Territory.read(VALLEY)
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(territory.plan().json())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4 and len(set(answers)) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of Unix")
def test_ctrl_c() -> None:
    script = (
        "import maillage, sys\n"
        "territory = maillage.Territory.read(sys.argv[1])\n"
        "print('begun', flush=True)\n"
        "try:\n"
        "    territory.plan(nodes=10_000_000)\n"
        "except KeyboardInterrupt:\n"
        "    print('stopped', flush=True)\n"
    )
    words = [sys.executable, "-c", script, str(CHINONAIS)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "begun\n"
        time.sleep(1)
        child.send_signal(signal.SIGINT)
        began = time.monotonic()
        assert child.stdout.readline() == "stopped\n"
        assert child.wait(timeout=30) == 0
        assert time.monotonic() - began < 10
