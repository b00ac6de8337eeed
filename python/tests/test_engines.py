"""Spark and Dask have the rows of one process, whatever happens to those who compute them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import maillage
from conftest import VALLEY
from maillage import National, Scenario
from small import country, poisoned

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
tasks = pytest.importorskip("maillage._tasks")
kept = pytest.importorskip("maillage._kept")

CUTS = {"today": Scenario.today(), "cut": Scenario.cut(20)}
ASKED: dict[str, Any] = {"draws": 6, "seed": 3}
# Of such small structures a task would have all draws.
SMALL: dict[str, Any] = {**ASKED, "task_s": 1e-6, "lang": "en"}


def ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: (row["structure"], row["draw"], row["scenario"]))


def expected(place: Path) -> list[dict[str, Any]]:
    return ordered(National.read(place, seed=ASKED["seed"], lang="en").run(CUTS, **ASKED).to_dicts())


def files(out: Path) -> dict[str, bytes]:
    """All but how long it took."""
    return {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file() and file.name != "timings.parquet"}


# --- tasks by themselves


def run_of(place: Any, **asked: Any) -> Any:
    usual = {**SMALL, "nodes": None, "perimeters": None, "structures": None, "youths": 300, "out": None}
    return tasks.cut(place, CUTS, **{**usual, **asked})


def cut(place: Any, **asked: Any) -> list[dict[str, Any]]:
    return list(run_of(place, **asked).whole())


def those(task: dict[str, Any]) -> list[tuple[int, int]]:
    """Its scenarios, by their places, and draws."""
    scenarios, draws = (range(task[first], task[first] + task[many]) for first, many in (("first_scenario", "scenarios"), ("first_draw", "draws")))
    return [(at, draw) for at in scenarios for draw in draws]


def test_tasks_are_cut_by_work_and_the_longest_comes_first(tmp_path: Path) -> None:
    place = country(tmp_path)
    made = cut(place)
    assert [task["at"] for task in made] == list(range(len(made)))
    estimated = [task["estimated_s"] for task in made]
    assert estimated == sorted(estimated, reverse=True) and estimated[0] > 0
    covered = [
        (task["structure"], draw, task["asked"][at]["name"])
        for task in made
        for at, draw in those(task)
    ]
    assert sorted(covered) == sorted((of, draw, name) for of in "abcd" for draw in range(6) for name in CUTS)
    works = {row["structure"]: row["work"] for row in National.read(place).sizes().to_dicts()}
    longest = max(estimated)
    assert longest <= max(1e-6, max(works.values()) / tasks.WORK_A_SECOND)
    assert len(cut(place, task_s=1000.0)) == 4, "never more than one structure"
    assert len({task["key"] for task in made}) == len(made)


@pytest.mark.parametrize(("one", "draws", "task_s"), [(0.0, 5, 1.0), (0.3, 1, 1.0), (0.3, 50, 1.0), (0.3, 7, 4.0), (9.0, 3, 1.0)])
def test_slices_cover_each_once(one: float, draws: int, task_s: float) -> None:
    made = list(tasks.slices(one, 5, draws, task_s))
    covered = [cell for task in made for cell in those(task)]
    assert sorted(covered) == [(at, draw) for at in range(5) for draw in range(draws)]
    assert all(task["estimated_s"] <= task_s or len(those(task)) == 1 for task in made)


def test_more_draws_keep_what_is_done(tmp_path: Path) -> None:
    place = country(tmp_path)
    fewer, more = ({task["key"] for task in cut(place, draws=draws)} for draws in (6, 9))
    assert len(fewer & more) >= len(fewer) - 4, "all but the last of each structure"


def test_a_task_is_named_by_all_that_its_answer_depends_on(tmp_path: Path) -> None:
    place = country(tmp_path)
    keys = {task["key"] for task in cut(place)}
    for other in ({"seed": 4}, {"nodes": 7}, {"lang": "fr"}, {"youths": 20}):
        assert keys.isdisjoint(task["key"] for task in cut(place, **other))
    perimeters = tmp_path / "perimeters.csv"
    perimeters.write_text("insee_code,structure\n37072,a\n37132,b\n37003,c\n37001,d\n37002,a\n")
    assert keys.isdisjoint(task["key"] for task in cut(place, perimeters=perimeters))
    other_cut = {**CUTS, "cut": Scenario.cut(21)}
    asked = {**SMALL, "nodes": None, "perimeters": None, "structures": None, "youths": 300, "out": None}
    assert not keys >= {task["key"] for task in tasks.cut(place, other_cut, **asked).tasks}


def test_travel_times_in_a_frame_are_part_of_the_name(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    times = pl.DataFrame({"home": ["moulin"], "site": ["pont"], "mode": ["bike"], "to_s": [600], "from_s": [600]})
    slower = times.with_columns(to_s=pl.lit(3000))
    one, other = ({task["key"] for task in cut({"a": {"times": frame, "folder": VALLEY}})} for frame in (times, slower))
    assert one.isdisjoint(other)
    for name, frame in (("times", pl.concat([times, times.with_columns(home=pl.lit("bois"))])), ("youths", pl.read_csv(VALLEY / "youths.csv"))):
        pieces = pl.concat([frame[:1], frame[1:]], rechunk=False)
        whole, cut_up = ({task["key"] for task in cut({"a": {name: one, "folder": VALLEY}})} for one in (frame, pieces))
        assert whole == cut_up, "the same rows, in however many pieces"


def test_a_run_begins_with_what_is_there_now(tmp_path: Path) -> None:
    place = country(tmp_path)
    before = {task["key"] for task in cut(place)}
    (place / "programmes.toml").write_text((place / "programmes.toml").read_text().replace("min = 3", "min = 4"))
    assert before.isdisjoint(task["key"] for task in cut(place))


def test_points_and_folders_that_are_not_there(tmp_path: Path) -> None:
    given: dict[str, Any] = {"nothing": tmp_path / "nothing", "empty": {"folder": tmp_path}, "whole": VALLEY}
    made = {task["structure"]: tasks.rows(task).to_pylist() for task in cut(given, draws=1, task_s=100.0)}
    assert [row["status"] for row in made["whole"]] == ["answered"] * 2
    for structure in ("nothing", "empty"):
        assert all(row["status"] == "broken" and row["findings"] for row in made[structure])
    gpd = pytest.importorskip("geopandas")
    places = pytest.importorskip("pandas").read_csv(VALLEY / "places.csv")
    points = gpd.GeoDataFrame(places.drop(columns=["lon", "lat"]), geometry=gpd.points_from_xy(places.lon, places.lat), crs=4326)
    [task] = cut({"points": {"places": points, "folder": VALLEY}}, draws=1, task_s=100.0)
    assert [row["placed"] for row in tasks.rows(task).to_pylist()] == [12, 12]


def test_storage_that_changes_meanwhile_is_said(tmp_path: Path) -> None:
    place = country(tmp_path)
    task = cut(place)[0]
    (place / "programmes.toml").write_text((place / "programmes.toml").read_text().replace("min = 3", "min = 4"))
    tasks.opened.cache_clear()
    with pytest.raises(RuntimeError, match="same storage"):
        tasks.rows(task)


def test_a_task_that_runs_again_has_the_same_bytes(tmp_path: Path) -> None:
    place, out = country(tmp_path / "country"), tmp_path / "out"
    [first, *_] = cut(place, out=out)
    made = kept.kept(first)
    file = out / made["file"]
    once = file.read_bytes()
    assert made["sha256"] == tasks.sha256(once) and not made["was_there"]
    assert kept.kept(first)["was_there"]
    file.unlink()
    kept.kept(first)
    assert file.read_bytes() == once
    assert pq.read_schema(file).metadata[b"diffusion"] == b"interne"


# --- engines


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two executors, each a process of its own, over loopback."""
    pyspark = pytest.importorskip("pyspark", reason="pip install 'maillage[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java")
    from cluster import started

    session = started(2, Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark"))
    yield session
    session.stop()


def spark_rows(frame: Any) -> list[dict[str, Any]]:
    return ordered(frame.toArrow().to_pylist())


def test_spark_has_the_rows_of_one_process(spark: Any, tmp_path: Path) -> None:
    from maillage.spark import national

    place, out = country(tmp_path / "country"), tmp_path / "out"
    whole = expected(place)
    assert spark_rows(national(spark, place, CUTS, **SMALL)) == whole
    written = national(spark, place, CUTS, **SMALL, out=out)
    assert spark_rows(written) == whole
    assert ordered(pq.read_table(out / "rows", partitioning=None).to_pylist()) == whole
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["schema"] == kept.MANIFEST_SCHEMA and manifest["counts"]["rows"] == len(whole)
    for file in manifest["files"]:
        data = (out / file["file"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), tasks.sha256(data))
    assert manifest["proof"]["placed"] == sum(row["placed"] for row in whole)


def test_a_task_is_a_task_of_spark_and_they_are_handed_out_in_order(spark: Any, tmp_path: Path) -> None:
    from maillage.spark import _spread
    from pyspark.sql.functions import spark_partition_id

    run = run_of(country(tmp_path))
    spread = _spread(spark, run).select("at", spark_partition_id().alias("partition")).toArrow().to_pylist()
    assert sorted(row["at"] for row in spread) == list(range(len(run.tasks)))
    assert all(row["at"] == row["partition"] for row in spread)


def test_frames_travel_with_their_tasks(spark: Any, tmp_path: Path) -> None:
    from maillage.spark import national

    pl = pytest.importorskip("polars")
    tables = {name: pl.read_csv(VALLEY / f"{name}.csv") for name in ("youths", "sites", "communes", "places", "calendar", "advisers")}
    documents = {name: (VALLEY / name).read_text("utf-8") for name in ("territory.toml", "programmes.toml")}
    given = {"frames": {**tables, "documents": documents}, "folder": VALLEY, "both": {"youths": tables["youths"], "folder": VALLEY}}
    rows = {row["structure"]: row for row in spark_rows(national(spark, given, {"today": Scenario.today()}))}
    assert rows["folder"]["placed"] == 12 and rows["both"]["placed"] == 12
    alone = National.from_frames({"frames": given["frames"]}).run({"today": Scenario.today()}).to_dicts()
    assert rows["frames"] == alone[0]


def test_a_poisoned_territory_is_a_row(spark: Any, tmp_path: Path) -> None:
    from maillage.spark import national

    place = poisoned(tmp_path / "country")
    rows = spark_rows(national(spark, place, CUTS, **SMALL))
    assert rows == expected(place)
    assert {row["status"] for row in rows if row["structure"] == "e"} == {"broken"}
    pl = pytest.importorskip("polars")
    given = {"broken": {"youths": pl.DataFrame({"id": ["a", "a"]}), "folder": VALLEY}, "whole": VALLEY}
    of = {row["structure"]: row for row in spark_rows(national(spark, given, {"today": Scenario.today()}, lang="en"))}
    assert of["whole"]["status"] == "answered" and of["broken"]["status"] == "broken"
    assert any("youths" in finding for finding in of["broken"]["findings"])


def test_an_executor_is_killed_and_the_rows_are_the_same(spark: Any, tmp_path: Path) -> None:
    from cluster import executors
    from maillage.spark import national

    place, calm, stormy = country(tmp_path / "country"), tmp_path / "calm", tmp_path / "stormy"
    asked = {**SMALL, "draws": 12}
    national(spark, place, CUTS, **asked, out=calm)
    killed: list[int] = []

    def kill() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            # In the middle: some tasks are done, and many are not.
            if len(list(stormy.rglob("rows/*/[!.]*.parquet"))) >= 5:
                killed.append(executors()[0])
                os.kill(killed[0], signal.SIGKILL)
                return
            time.sleep(0.01)

    thread = threading.Thread(target=kill)
    thread.start()
    national(spark, place, CUTS, **asked, out=stormy)
    thread.join()
    assert killed, "nobody was killed: the run was over too soon"
    assert files(stormy) == files(calm)


def test_what_is_done_is_not_done_again(spark: Any, tmp_path: Path) -> None:
    from maillage.spark import national

    place, out = country(tmp_path / "country"), tmp_path / "out"
    national(spark, place, CUTS, **SMALL, out=out)
    whole = files(out)
    gone = sorted(out.rglob("rows/*/*.parquet"))[:3]
    for file in gone:
        file.unlink()
    (out / "manifest.json").unlink()
    # What a writer that was ended left.
    (gone[0].parent / f".{gone[0].name}.left").write_bytes(b"half")
    before = {file: file.stat().st_mtime_ns for file in out.rglob("rows/*/*.parquet")}
    national(spark, place, CUTS, **SMALL, out=out)
    assert files(out) == whole
    assert before == {file: file.stat().st_mtime_ns for file in before}
    made = pq.read_table(out / "timings.parquet").to_pylist()
    assert sum(not one["was_there"] for one in made) == len(gone)


def test_a_folder_that_is_asked_again_has_the_rows_of_what_was_asked(spark: Any, tmp_path: Path) -> None:
    dask = pytest.importorskip("dask")
    import maillage.dask
    import maillage.spark

    place, out = country(tmp_path / "country"), tmp_path / "out"
    # One task a structure, whose draws begin at the first in both.
    asked = {**SMALL, "task_s": 100.0}
    with dask.config.set(scheduler="threads"):
        for draws, run in ((6, maillage.spark.national), (9, maillage.spark.national), (6, maillage.dask.national)):
            first = () if run is maillage.dask.national else (spark,)
            made = run(*first, place, CUTS, **{**asked, "draws": draws}, out=out)
            rows = made.compute() if run is maillage.dask.national else made.toArrow().to_pylist()
            whole = National.read(place, seed=3, lang="en").run(CUTS, draws=draws, seed=3).to_dicts()
            assert ordered(rows) == ordered(whole)
            assert json.loads((out / "manifest.json").read_text("utf-8"))["counts"]["rows"] == len(whole)
    assert len(list(out.rglob("rows/*/*.parquet"))) == 8, "what was done before is still there"


def test_addresses_and_names_with_odd_characters(tmp_path: Path) -> None:
    dask = pytest.importorskip("dask")
    from maillage.dask import national

    given = {"Tours Nord/100 %": VALLEY, "é" * 100: VALLEY, "..": VALLEY}
    with dask.config.set(scheduler="threads"):
        for out in ((tmp_path / "a folder").as_uri(), str(tmp_path / "another folder")):
            rows = national(given, {"today": Scenario.today()}, out=out).compute()
            assert {row["structure"]: row["placed"] for row in rows} == dict.fromkeys(given, 12)
    assert not list(tmp_path.glob("*.parquet")) and len(list(tmp_path.rglob("*.parquet"))) == 2 * 4


def test_the_end_of_a_run_leaves_what_another_writes(tmp_path: Path) -> None:
    place, out = country(tmp_path / "country"), tmp_path / "out"
    run = run_of(place, out=out, structures=["a"])
    done = [kept.kept(task) for task in run.whole()]
    theirs, ours = out / "rows" / f".{'0' * 64}.parquet.x", out / done[0]["file"]
    left = ours.with_name(f".{ours.name}.x")
    for file in (theirs, left):
        file.write_bytes(b"half")
    kept.finish(run, done)
    assert theirs.exists() and not left.exists() and (out / "manifest.json").exists()
    kept.begin(run)
    assert not (out / "manifest.json").exists()
    ours.unlink()
    with pytest.raises(RuntimeError, match="same storage"):
        kept.finish(run, done)


def test_exceptions_of_another_process_come_through() -> None:
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(1) as pool:
        with pytest.raises(maillage.InputError, match="M201"):
            pool.submit(maillage.Territory.read, VALLEY.parent / "broken" / "duplicate-youth").result()
        with pytest.raises(maillage.NoPlan) as raised:
            pool.submit(no_plan).result()
    assert raised.value.why == "impossible"


def no_plan() -> None:
    raise maillage.NoPlan("nothing", "impossible")


def test_nothing_listens_beyond_loopback(spark: Any) -> None:
    from cluster import listening

    spark.range(10).count()
    assert listening(), "the driver and its executors listen to one another"
    assert not [address for address in listening() if not (address.ipv4_mapped or address).is_loopback]


@pytest.mark.parametrize("scheduler", ["processes", "threads"])
def test_dask_has_the_rows_of_one_process(scheduler: str, tmp_path: Path) -> None:
    dask = pytest.importorskip("dask", reason="pip install 'maillage[dask]'")
    from maillage.dask import national

    place, out = poisoned(tmp_path / "country"), tmp_path / "out"
    whole = expected(place)
    with dask.config.set(scheduler=scheduler, num_workers=2):
        assert ordered(national(place, CUTS, **SMALL).compute()) == whole
        assert ordered(national(place, CUTS, **SMALL, out=out).compute()) == whole
        once = files(out)
        assert ordered(national(place, CUTS, **SMALL, out=out).compute()) == whole
    assert files(out) == once
    assert {one["was_there"] for one in pq.read_table(out / "timings.parquet").to_pylist()} == {True}


def test_frames_travel_with_the_tasks_of_dask() -> None:
    dask = pytest.importorskip("dask")
    pl = pytest.importorskip("polars")
    from maillage.dask import national

    given = {"both": {"youths": pl.read_csv(VALLEY / "youths.csv"), "folder": VALLEY}, "folder": VALLEY}
    with dask.config.set(scheduler="processes", num_workers=2):
        rows = national(given, {"today": Scenario.today()}).compute()
    assert {row["structure"]: row["placed"] for row in rows} == {"both": 12, "folder": 12}


def test_spark_and_dask_keep_the_same_bytes(spark: Any, tmp_path: Path) -> None:
    dask = pytest.importorskip("dask")
    import maillage.dask
    import maillage.spark

    place = country(tmp_path / "country")
    maillage.spark.national(spark, place, CUTS, **SMALL, out=tmp_path / "spark")
    with dask.config.set(scheduler="threads"):
        maillage.dask.national(place, CUTS, **SMALL, out=tmp_path / "dask")
    assert files(tmp_path / "spark") == files(tmp_path / "dask")


def test_what_can_not_be_asked(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least one scenario"):
        tasks.cut(
            VALLEY, {}, draws=1, seed=1, nodes=None, perimeters=None, structures=None, youths=1, task_s=1.0, lang="fr", out=None
        )
    with pytest.raises(ValueError, match="above nothing"):
        cut(VALLEY, draws=0)
    with pytest.raises(ValueError, match="at least one territory"):
        cut({})
    with pytest.raises(maillage.MaillageError):
        cut(tmp_path / "nothing")
    for place in (country(tmp_path), {"a": VALLEY}):
        assert {task["structure"] for task in cut(place, structures=["a"])} == {"a"}
        with pytest.raises(maillage.UnknownName, match="nowhere"):
            cut(place, structures=["a", "nowhere"])
