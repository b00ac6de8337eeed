"""Can a programme group of a viable size be formed within travel-time limits: where, when, with whom?

    >>> import maillage
    >>> territory = maillage.Territory.read("data/valley")
    >>> territory.plan()
    Plan("Valley": 3 groups, 12 places)

A `Territory` is read from a folder or from frames, and asked: `plan`, `edit`, `levers`, `sweep`. Many are a `National`,
asked under each `Scenario`; `maillage.spark` and `maillage.dask` do that on more than one machine. Answers are documents
(`to_dict`, `json`) and tables that pandas, polars and pyarrow take as they are.
"""

from ._maillage import (
    Finding,
    Levers,
    National,
    Plan,
    Scenario,
    Solved,
    Sweep,
    Table,
    Territory,
    Times,
    check,
    solve,
    times,
)
from .errors import Cancelled, FileError, InputError, MaillageError, NoPlan, UnknownName

__all__ = [
    "Cancelled",
    "FileError",
    "Finding",
    "InputError",
    "Levers",
    "MaillageError",
    "National",
    "NoPlan",
    "Plan",
    "Scenario",
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
