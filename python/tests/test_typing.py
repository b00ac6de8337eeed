"""The stubs say what the module has, and the examples are typed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PYTHON = TESTS.parent
SETTINGS = PYTHON / "pyproject.toml"


def run(*words: str | Path) -> None:
    """Runs a module from here, so that it finds the package that is installed."""
    done = subprocess.run([sys.executable, "-m", *words], cwd=TESTS, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_stubs_and_module_agree() -> None:
    pytest.importorskip("mypy")
    run("mypy.stubtest", "maillage._maillage", "--mypy-config-file", SETTINGS)


def test_strict() -> None:
    pytest.importorskip("mypy")
    run("mypy", "--strict", "--config-file", SETTINGS, PYTHON / "examples", PYTHON / "maillage")
