"""Frames of pandas, polars and pyarrow are the folder; what is wrong with them has its frame, row and column."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any, Literal

import pytest

import maillage
from conftest import VALLEY

pa = pytest.importorskip("pyarrow")
csv = pytest.importorskip("pyarrow.csv")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

TABLES = ["youths", "sites", "communes", "places", "advisers", "calendar"]
DOCUMENTS = ["territory.toml", "programmes.toml", "pins.toml", "communes.geojson", "scenarios/haut.toml"]

READERS: dict[str, Callable[[Any], Any]] = {
    "pandas": pd.read_csv,
    "pandas, texts": lambda path: pd.read_csv(path, dtype=str, keep_default_na=False),
    "polars": pl.read_csv,
    "pyarrow": csv.read_csv,
}


def documents() -> dict[str, str]:
    return {name: (VALLEY / name).read_text("utf-8") for name in DOCUMENTS}


def youths() -> Any:
    return pd.read_csv(VALLEY / "youths.csv")


def findings(**frames: Any) -> list[maillage.Finding]:
    with pytest.raises(maillage.InputError) as raised:
        maillage.Territory.from_frames(folder=VALLEY, lang="en", **frames)
    return raised.value.findings


def places(found: list[maillage.Finding]) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(one.code, one.file, one.row, one.column) for one in found if one.level == "error"]


@pytest.mark.parametrize("reader", READERS.values(), ids=READERS)
def test_frames_are_the_folder(reader: Callable[[Any], Any]) -> None:
    frames = {name: reader(VALLEY / f"{name}.csv") for name in TABLES}
    territory = maillage.Territory.from_frames(documents=documents(), **frames)
    folder = maillage.Territory.read(VALLEY)
    assert territory.plan().json() == folder.plan().json()
    assert territory.levers().json() == folder.levers().json()


def test_typed_columns_say_what_texts_say() -> None:
    table = pl.read_csv(VALLEY / "youths.csv").with_columns(
        pl.col("programmes").str.split(" "),
        pl.col("place").cast(pl.Categorical),
        pl.col("birth").str.to_date("%Y-%m", strict=False),
        pl.col("disability").cast(pl.String).eq("oui"),
    )
    chunked = pl.concat([table[:5], table[5:9], table[9:]], rechunk=False)
    territory = maillage.Territory.from_frames(youths=chunked, folder=VALLEY)
    assert territory.plan().json() == maillage.Territory.read(VALLEY).plan().json()
    moments = youths().assign(birth=lambda frame: pd.to_datetime(frame["birth"], format="%Y-%m"))
    assert maillage.Territory.from_frames(youths=moments, folder=VALLEY).plan().json() == territory.plan().json()


def test_a_name_and_the_usual_figures_where_no_document_says_them() -> None:
    frames = {name: pd.read_csv(VALLEY / f"{name}.csv") for name in TABLES}
    frames["youths"]["age_on"] = "2026-09-01"
    programmes = {"programmes.toml": documents()["programmes.toml"]}
    territory = maillage.Territory.from_frames(name='Un "nom"', documents=programmes, **frames)
    assert territory.name == 'Un "nom"' and len(territory.plan().groups) > 0


def test_bad_values() -> None:
    table = youths()
    table.loc[3, "birth"] = "un jour"
    assert places(findings(youths=table)) == [("M102", "youths", 3, "birth")]


def test_null_and_nan() -> None:
    table = youths()
    table.loc[0, "id"] = None
    assert ("M101", "youths", 0, "id") in places(findings(youths=table))
    nan = pl.read_csv(VALLEY / "places.csv").with_columns(pl.lit(float("nan")).alias("lat"))
    assert places(findings(places=nan)) == [("M102", "places", row, "lat") for row in range(5)]
    missing = pd.read_csv(VALLEY / "places.csv").assign(lon=float("nan"))
    assert ("M101", "places", 1, "lon") in places(findings(places=missing)), "pandas means that it is missing"


def test_duplicated_identifiers() -> None:
    table = youths()
    table.loc[4, "id"] = table.loc[1, "id"]
    assert places(findings(youths=table)) == [("M201", "youths", 4, "id")]


def test_missing_and_mistyped_columns() -> None:
    assert places(findings(youths=youths().drop(columns="place"))) == [("M007", "youths", None, None)]
    table = pl.read_csv(VALLEY / "youths.csv")
    structs = table.with_columns(pl.struct("id", "place").alias("programmes"))
    found = findings(youths=structs)
    assert places(found) == [("M102", "youths", None, "programmes")] and "Struct" in found[0].what
    metres = pd.read_csv(VALLEY / "places.csv").assign(lon=486_000.0, lat=6_680_000.0)
    assert {code for code, *_ in places(findings(places=metres))} == {"M109"}, "Lambert 93 is said to be no degrees"


def test_an_unread_column_may_hold_anything() -> None:
    table = pl.read_csv(VALLEY / "youths.csv").with_columns(pl.struct("id").alias("extra"))
    territory = maillage.Territory.from_frames(youths=table, folder=VALLEY)
    assert "M008" in [row["code"] for row in territory.check().to_dicts()]


def test_what_is_no_table_or_no_document() -> None:
    with pytest.raises(TypeError, match="__arrow_c_stream__"):
        maillage.Territory.from_frames(youths=[1, 2], folder=VALLEY)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no document"):
        maillage.Territory.from_frames(documents={"../pins.toml": ""}, folder=VALLEY)
    with pytest.raises(maillage.InputError):
        maillage.Territory.from_frames()


def test_answers_are_frames() -> None:
    plan = maillage.Territory.read(VALLEY).plan()
    told = plan.to_dict()
    groups = pl.DataFrame(plan.groups)
    assert groups["slots"].to_list() == [group["slots"] for group in told["groups"]]
    assert groups["start"].dtype == pl.Date
    members = pa.table(plan.members).to_pylist()
    assert [row["youth"] for row in members] == [m["youth"] for group in told["groups"] for m in group["members"]]
    left_out = pa.table(plan.left_out).to_pandas()
    assert list(left_out["reason"]) == [one["reason"] for one in told["left_out"]]
    assert len(plan.left_out) == len(left_out) and plan.left_out.columns == list(left_out.columns)
    for table in (plan.programmes, plan.verdicts, plan.hours, maillage.check(VALLEY)):
        assert pa.table(table).num_rows == len(table)
        assert pa.schema(table).names == table.columns


def test_homes_and_sites_as_frames() -> None:
    homes, roads = VALLEY / "places.csv", VALLEY / "roads" / "valley.osm.pbf"
    of_files = maillage.times(homes, homes, roads=roads, mode="car")
    of_frames = maillage.times(pd.read_csv(homes), pl.read_csv(homes), roads=roads, mode="car")
    assert of_frames.csv() == of_files.csv()
    with pytest.raises(maillage.InputError) as raised:
        maillage.times(homes, pd.read_csv(homes).assign(id="same"), roads=roads, mode="car")
    assert places(raised.value.findings) == [("M201", "sites", row, "id") for row in range(1, 5)]


def test_geojson() -> None:
    plan = maillage.Territory.read(VALLEY).plan()
    layers: list[Literal["communes", "sites", "places"]] = ["communes", "sites", "places"]
    for layer in layers:
        document = json.loads(plan.geojson(layer))
        assert document["type"] == "FeatureCollection" and document["features"]
    with pytest.raises(ValueError, match="layer"):
        plan.geojson("roads")  # type: ignore[arg-type]


def test_geojson_in_geopandas() -> None:
    gpd = pytest.importorskip("geopandas")
    frame = gpd.read_file(io.StringIO(maillage.Territory.read(VALLEY).plan().geojson()))
    assert len(frame) == 3 and frame.crs.to_epsg() == 4326
