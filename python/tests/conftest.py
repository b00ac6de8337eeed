"""What tests share: the data of the repository, and the command to compare with."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VALLEY = ROOT / "data" / "valley"
CHINONAIS = ROOT / "data" / "chinonais"

Command = Callable[..., str]


def binary() -> Path | None:
    named = os.environ.get("MAILLAGE")
    built = [ROOT / "target" / kind / "maillage" for kind in ("release", "debug")]
    places = [Path(named)] if named else built
    return next((place for place in places if place.is_file()), None)


@pytest.fixture(scope="session")
def command() -> Command:
    """Runs the command with these arguments, and answers what it prints."""
    path = binary()
    if path is None:
        pytest.skip("no command to compare with: build it with `cargo build`, or name it in the environment as MAILLAGE")

    def run(*arguments: str | Path) -> str:
        words = [str(path), *map(str, arguments), "--quiet"]
        return subprocess.run(words, check=True, capture_output=True, encoding="utf-8").stdout

    return run
