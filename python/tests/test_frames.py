"""Frames of pandas, polars and pyarrow are the folder; what is wrong with them has its frame, row and column."""

from __future__ import annotations

import io
import json
import struct
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
    for infinite in (float("inf"), float("-inf")):
        table = pl.read_csv(VALLEY / "places.csv").with_columns(pl.lit(infinite).alias("lon"))
        assert places(findings(places=table)) == [("M102", "places", row, "lon") for row in range(5)]
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


def test_a_document_has_its_file_and_line() -> None:
    later = {"territory.toml": 'name = "Valley"\nschema = 2\n'}
    with pytest.raises(maillage.InputError) as raised:
        maillage.Territory.from_frames(documents=later, folder=VALLEY, lang="en")
    found = [one for one in raised.value.findings if one.level == "error"]
    assert [(one.code, one.file, one.line, one.row) for one in found] == [("M103", "territory.toml", 2, None)]
    with pytest.raises(maillage.InputError) as raised:
        maillage.Territory.from_frames(documents={"territory.toml": "schema = "}, folder=VALLEY)
    assert [(one.code, one.line) for one in raised.value.findings] == [("M006", 1)]


WGS84 = {"type": "GeographicCRS", "name": "WGS 84", "id": {"authority": "EPSG", "code": 4326}}
CRS84 = {"type": "GeographicCRS", "name": "WGS 84 (CRS84)", "id": {"authority": "OGC", "code": "CRS84"}}
LAMBERT = {"type": "ProjectedCRS", "name": "RGF93 v1 / Lambert-93", "id": {"authority": "EPSG", "code": 2154}}


def wkb(lon: float, lat: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, lon, lat)


def located(table: str, crs: object = None, **points: Any) -> Any:
    """A table of the valley whose points are a column of geometry, as geopandas gives it; `points` are others by identifier."""
    frame = csv.read_csv(VALLEY / f"{table}.csv")
    names = zip(frame[0].to_pylist(), frame["lon"].to_pylist(), frame["lat"].to_pylist(), strict=True)
    cells = [points.get(str(name), None if lon is None else wkb(lon, lat)) for name, lon, lat in names]
    metadata = {"ARROW:extension:name": "geoarrow.wkb", "ARROW:extension:metadata": json.dumps({"crs": crs})}
    field = pa.field("geometry", pa.binary(), metadata=metadata)
    return frame.drop(["lon", "lat"]).append_column(field, pa.array(cells, pa.binary()))


@pytest.mark.parametrize("crs", [WGS84, CRS84, "OGC:CRS84", None])
def test_points_are_lon_and_lat(crs: object) -> None:
    frames = {table: located(table, crs) for table in ("places", "communes")}
    frames["sites"] = located("sites", crs, pont=wkb(0.25, 47.0))
    territory = maillage.Territory.from_frames(folder=VALLEY, **frames)
    assert territory.plan().json() == maillage.Territory.read(VALLEY).plan().json()
    assert len(territory.check()) == 0
    roads = VALLEY / "roads" / "valley.osm.pbf"
    of_files = maillage.times(VALLEY / "places.csv", VALLEY / "places.csv", roads=roads, mode="car")
    assert maillage.times(frames["places"], frames["places"], roads=roads, mode="car").csv() == of_files.csv()


def test_points_of_other_coordinate_systems() -> None:
    found = findings(places=located("places", WGS84), sites=located("sites", LAMBERT))
    assert places(found) == [("M109", "sites", None, "geometry")]
    assert "RGF93 v1 / Lambert-93 (EPSG:2154)" in found[0].what and ".to_crs(4326)" in found[0].remedy
    each = findings(places=located("places", {"name": "of our own"}), sites=located("sites", "EPSG:3857"))
    assert places(each) == [("M109", frame, None, "geometry") for frame in ("places", "sites")]
    with pytest.raises(maillage.InputError) as raised:
        maillage.Territory.read(VALLEY).edit(sites=located("sites", LAMBERT))
    assert places(raised.value.findings) == [("M109", "sites", None, "geometry")]
    homes, roads = VALLEY / "places.csv", VALLEY / "roads" / "valley.osm.pbf"
    with pytest.raises(maillage.InputError) as raised:
        maillage.times(homes, located("places", LAMBERT), roads=roads, mode="car")
    assert ("M109", "sites", None, "geometry") in places(raised.value.findings)
    metres = located("places", None, bois=wkb(491_497.0, 6_671_157.0))
    assert places(findings(places=metres)) == [("M109", "places", 1, None)], "nothing is said of the system: metres are seen"


def test_columns_of_their_own_come_before_points() -> None:
    own = pd.read_csv(VALLEY / "places.csv").rename(columns={"lon": "longitude", "lat": "y"})
    frame = located("places", LAMBERT)
    for column in ("longitude", "y"):
        frame = frame.append_column(column, [own[column].to_list()])
    territory = maillage.Territory.from_frames(places=frame, folder=VALLEY, lang="en")
    assert territory.plan().json() == maillage.Territory.read(VALLEY).plan().json()
    assert "column 'geometry' is not read" in [row["what"] for row in territory.check().to_dicts()]


NO_POINTS = {
    "polygon": struct.pack("<BIII8d", 1, 3, 1, 4, 0, 47, 1, 47, 1, 48, 0, 47),
    "several points": struct.pack("<BII", 1, 4, 1) + wkb(0.25, 47.108),
    "nothing": b"",
    "a byte order alone": b"\x01",
    "half a kind": b"\x01\x01\x00",
    "half a point": wkb(0.25, 47.108)[:-1],
    "a number of a system alone": struct.pack("<BI", 1, 1 | 1 << 29) + b"\x00",
    "another byte order": b"\x02" + wkb(0.25, 47.108)[1:],
    "an unknown kind": struct.pack("<BIdd", 1, 4001, 0.25, 47.108),
    "text": b"POINT (0.25 47.108)",
}


@pytest.mark.parametrize("cell", NO_POINTS.values(), ids=NO_POINTS)
def test_what_is_no_point(cell: bytes) -> None:
    assert places(findings(places=located("places", WGS84, bois=cell))) == [("M102", "places", 1, "geometry")]
    with pytest.raises(maillage.InputError) as raised:
        homes = located("places", WGS84, bois=cell)
        maillage.times(homes, homes, roads=VALLEY / "roads" / "valley.osm.pbf", mode="car")
    found = places(raised.value.findings)
    assert found == [("M102", "homes", 1, "geometry")], "that nothing is written is not said too"


POINTS = {
    "big endian": struct.pack(">BIdd", 0, 1, 0.25, 47.108),
    "a height": struct.pack("<BIddd", 1, 1001, 0.25, 47.108, 90.0),
    "a measure": struct.pack("<BIddd", 1, 2001, 0.25, 47.108, 90.0),
    "both": struct.pack("<BIdddd", 1, 3001, 0.25, 47.108, 90.0, 1.0),
    "PostGIS": struct.pack("<BIIddd", 1, 1 | 1 << 31 | 1 << 29, 4326, 0.25, 47.108, 90.0),
}


@pytest.mark.parametrize("cell", POINTS.values(), ids=POINTS)
def test_points_in_every_form(cell: bytes) -> None:
    territory = maillage.Territory.from_frames(places=located("places", WGS84, bois=cell), folder=VALLEY)
    assert territory.plan().json() == maillage.Territory.read(VALLEY).plan().json()


def test_points_that_are_not_there() -> None:
    nan = float("nan")
    emptied = pd.read_csv(VALLEY / "places.csv", dtype=str)
    emptied.loc[1, ["lon", "lat"]] = None
    empty = maillage.Territory.from_frames(places=emptied, folder=VALLEY).plan().json()
    for cell in (None, wkb(nan, nan)):
        territory = maillage.Territory.from_frames(places=located("places", WGS84, bois=cell), folder=VALLEY)
        assert territory.plan().json() == empty
    for half in (wkb(nan, 47.108), wkb(0.25, float("inf"))):
        assert places(findings(places=located("places", WGS84, bois=half))) == [("M102", "places", 1, "geometry")]
    homes = located("places", WGS84, bois=None)
    with pytest.raises(maillage.InputError) as raised:
        maillage.times(homes, homes, roads=VALLEY / "roads" / "valley.osm.pbf", mode="car")
    assert ("M101", "homes", 1, "geometry") in places(raised.value.findings)


def test_points_of_geoarrow() -> None:
    frame = csv.read_csv(VALLEY / "places.csv")
    lon, lat = frame["lon"].combine_chunks(), frame["lat"].combine_chunks()
    beside = pa.FixedSizeListArray.from_arrays(pa.array([at for two in zip(lon, lat, strict=True) for at in two]), 2)
    apart = pa.StructArray.from_arrays([lon, lat], ["x", "y"])
    metadata = {"ARROW:extension:name": "geoarrow.point", "ARROW:extension:metadata": "{}"}
    told = maillage.Territory.read(VALLEY).plan().json()
    for points in (beside, apart):
        for chunks in ([points], [points[:2], points[2:]]):
            column = pa.chunked_array(chunks)
            table = frame.drop(["lon", "lat"]).append_column(pa.field("here", column.type, metadata=metadata), column)
            assert maillage.Territory.from_frames(places=table, folder=VALLEY).plan().json() == told
    lines = pa.array([[[0.25, 47.0]]] * 5)
    metadata["ARROW:extension:name"] = "geoarrow.linestring"
    table = frame.drop(["lon", "lat"]).append_column(pa.field("here", lines.type, metadata=metadata), lines)
    assert places(findings(places=table)) == [("M102", "places", row, "here") for row in range(5)]


def test_frames_of_geopandas() -> None:
    gpd = pytest.importorskip("geopandas", minversion="1.0")

    def frame(table: str) -> Any:
        rows = pd.read_csv(VALLEY / f"{table}.csv")
        points = gpd.points_from_xy(rows["lon"], rows["lat"], crs=4326)
        return gpd.GeoDataFrame(rows.drop(columns=["lon", "lat"]), geometry=points)

    both = {table: frame(table) for table in ("places", "sites")}
    territory = maillage.Territory.from_frames(folder=VALLEY, **both)
    assert territory.plan().json() == maillage.Territory.read(VALLEY).plan().json()
    mixed = findings(places=both["places"], sites=both["sites"].to_crs(2154))
    assert places(mixed) == [("M109", "sites", None, "geometry")] and "EPSG:2154" in mixed[0].what
    metres = {table: one.to_crs(2154) for table, one in both.items()}
    assert places(findings(**metres)) == [("M109", table, None, "geometry") for table in ("places", "sites")]
    outlines = both["places"].assign(geometry=metres["places"].buffer(100).to_crs(4326))
    assert places(findings(places=outlines)) == [("M102", "places", row, "geometry") for row in range(5)]


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
