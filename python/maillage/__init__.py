"""Can a programme group of a viable size be formed within travel-time limits: where, when, with whom?

    >>> import maillage
    >>> territory = maillage.Territory.read("data/valley")
    >>> territory.plan()
    Plan("Valley": 3 groups, 12 places)

A `Territory` is read from a folder or from frames, and asked: `plan`, `edit`, `levers`, `sweep`. Answers are
documents (`to_dict`, `json`) and tables that pandas, polars and pyarrow take as they are.
"""

from ._maillage import Finding, Levers, Plan, Solved, Sweep, Table, Territory, Times, check, solve, times
from .errors import Cancelled, FileError, InputError, MaillageError, NoPlan, UnknownName

__all__ = [
    "Cancelled",
    "FileError",
    "Finding",
    "InputError",
    "Levers",
    "MaillageError",
    "NoPlan",
    "Plan",
    "Solved",
    "Sweep",
    "Table",
    "Territory",
    "Times",
    "UnknownName",
    "check",
    "solve",
    "times",
]
