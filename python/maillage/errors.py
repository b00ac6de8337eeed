"""What maillage raises."""

from __future__ import annotations

from typing import Literal, Sequence

from ._maillage import Finding

__all__ = ["Cancelled", "FileError", "InputError", "MaillageError", "NoPlan", "UnknownName"]


class MaillageError(Exception):
    """Whatever maillage could not do. All others are kinds of it."""


class InputError(MaillageError):
    """The input can't be understood: every finding at once, each with its place."""

    findings: list[Finding]
    """In order of file and line; a frame's have `row` (from 0) and `column`."""

    def __init__(self, message: str, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = list(findings)

    def __reduce__(self) -> tuple[type[InputError], tuple[str, list[Finding]]]:
        # From another process only the words come, which have the first of them.
        return InputError, (str(self), [])


class NoPlan(MaillageError):
    """There is no plan. That no group is viable is not this: it is an answer."""

    why: Literal["impossible", "not_found", "unverified"]
    """Whether decisions already made contradict the limits, no plan was found within the limits, or it failed its check."""

    def __init__(self, message: str, why: Literal["impossible", "not_found", "unverified"]) -> None:
        super().__init__(message)
        self.why = why

    def __reduce__(self) -> tuple[type[NoPlan], tuple[str, Literal["impossible", "not_found", "unverified"]]]:
        return NoPlan, (str(self), self.why)


class UnknownName(MaillageError, ValueError):
    """A programme, site, youth or scenario that is not there."""


class FileError(MaillageError, OSError):
    """A file could not be read."""


class Cancelled(MaillageError):
    """The work was stopped. A callback may raise it to do so."""
