"""A national run on Apache Spark: `maillage.spark.national(spark, territories, scenarios, draws=…)`.

Spark hands out the tasks, runs them again where an executor is lost, and keeps the rest; nothing distributed is ours.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal
from urllib.parse import urlsplit

try:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.functions import broadcast
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError as error:
    raise ImportError("maillage.spark needs Spark and Arrow: pip install 'maillage[spark]'") from error

from . import _kept, _tasks
from ._maillage import Scenario
from ._tasks import Place, Territories

__all__ = ["national"]


def national(
    spark: SparkSession,
    territories: Territories,
    scenarios: Mapping[str, Scenario],
    *,
    draws: int = 1,
    seed: int = 1,
    nodes: int | None = None,
    perimeters: Place | None = None,
    youths: int = 300,
    structures: Sequence[str] | None = None,
    task_s: float = 10.0,
    lang: Literal["fr", "en"] = "fr",
    out: Place | None = None,
) -> DataFrame:
    """Each territory under each scenario in each draw: the rows of `National.run`, in whatever order.

    `territories` is what `National.read` takes, on storage that every executor has under the same path; or territories by their
    identifiers: folders there, or frames as `Territory.from_frames` takes them, which travel with their tasks. `structures` names
    some of them alone.

    One task is one structure under some scenarios in some draws, about `task_s` seconds of one core by its options × youths.

    Without `out` the rows are computed whenever the answer is asked for. With it, a folder on shared storage or an address that Arrow
    knows (`s3://…`), they are computed now: `rows/` has a Parquet file a task, and `manifest.json` what they were made from, with
    proofs and seeds. What is there already is not done again, whoever ended the run before.

    Executors run the Python that `PYSPARK_PYTHON` names, which has this package too.

    What is wrong with a territory is in its rows. Raises `InputError` where nothing can be asked about at all.
    """
    run = _tasks.cut(
        territories,
        scenarios,
        draws=draws,
        seed=seed,
        nodes=nodes,
        perimeters=perimeters,
        youths=youths,
        structures=structures,
        task_s=task_s,
        lang=lang,
        out=out,
    )
    frame = _spread(spark, run)
    if out is None:
        return frame.mapInArrow(_rows, from_arrow_schema(_tasks.ROWS))
    _kept.begin(run)
    done = frame.mapInArrow(_kept_of, from_arrow_schema(_kept.DONE)).toArrow().to_pylist()
    _kept.finish(run, done)
    # The files of this run alone: others may lie beside them.
    root = _address(run.asked["out"])
    return spark.read.schema(from_arrow_schema(_tasks.ROWS)).parquet(*(f"{root}/{one['file']}" for one in done))


def _spread(spark: SparkSession, run: _tasks.Cut) -> DataFrame:
    """A partition a task, and so a task of Spark each, which it hands out in this order; what many share goes to each executor once."""
    own, given, asked = (spark.createDataFrame(table) for table in run.tables())
    return own.repartitionById(len(run.tasks), "at").join(broadcast(given), "structure").crossJoin(broadcast(asked))


def _address(out: str) -> str:
    """As Spark names what Arrow wrote: a folder of this machine is one whatever the cluster's usual storage is."""
    parts = urlsplit(out)
    if not parts.scheme:
        return f"file://{out}"
    scheme = "s3a" if parts.scheme == "s3" else parts.scheme
    return f"{scheme}://{parts.netloc}{parts.path}".rstrip("/")


def _rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for task in batch.to_pylist():
            yield from _tasks.rows(task).to_batches()


def _kept_of(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for task in batch.to_pylist():
            yield pa.RecordBatch.from_pylist([_kept.kept(task)], schema=_kept.DONE)
