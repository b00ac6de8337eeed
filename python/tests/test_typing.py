"""The stubs say what the module has, and the examples are typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PYTHON = Path(__file__).parents[1]


def run(*words: str) -> None:
    done = subprocess.run([sys.executable, "-m", *words], cwd=PYTHON, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_and_module_agree() -> None:
    pytest.importorskip("mypy")
    run("mypy.stubtest", "maillage")


def test_strict() -> None:
    pytest.importorskip("mypy")
    run("mypy", "--strict", "examples", "maillage")
