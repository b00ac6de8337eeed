"""Many territories under many scenarios: as the command has them, and one that is broken is a row."""

from __future__ import annotations

import csv
import hashlib
import runpy
from pathlib import Path
from typing import Any

import pytest

import maillage
from conftest import ROOT, VALLEY, Command
from maillage import National, Scenario
from small import country, poisoned

NATIONAL = ROOT / "data" / "national"
TODAY = {"today": Scenario.today()}
CUTS = {"today": Scenario.today(), "cut": Scenario.cut(20)}


@pytest.fixture
def small(tmp_path: Path) -> National:
    return National.read(country(tmp_path / "country"), lang="en")


def text(cell: object) -> str:
    """As a CSV file of the command has it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return "" if cell is None else str(cell)


@pytest.mark.parametrize("place", [NATIONAL, VALLEY], ids=["structures", "folder"])
def test_rows_are_those_of_the_command(place: Path, command: Command, tmp_path: Path) -> None:
    command("national", place, "--cut", "10%", "--lang", "en", "--out", tmp_path / "run")
    with (tmp_path / "run" / "interne" / "structures.csv").open(encoding="utf-8") as file:
        of_command = list(csv.DictReader(file))
    rows = National.read(place, lang="en").run({"cut": Scenario.cut(10)})
    ours = ["scenario", "draw", "seed", "lon", "lat", "findings"]
    shared = [name for name in rows.columns if name not in ours]
    assert [*shared, "diffusion"] == list(of_command[0])
    for row, line in zip(rows.to_dicts(), of_command, strict=True):
        assert {name: text(row[name]) for name in shared} == {name: line[name] for name in shared}
        assert (row["scenario"], row["draw"], row["findings"]) == ("cut", 0, [])


def test_a_row_each_in_order(small: National) -> None:
    rows = small.run(CUTS, draws=3).to_dicts()
    order = [(row["structure"], row["draw"], row["scenario"]) for row in rows]
    assert order == [(of, draw, name) for of in "abcd" for draw in range(3) for name in CUTS]
    assert all(row["groups_after"] is None for row in rows if row["scenario"] == "today")
    assert all(row["placed_after"] + row["lost"] == row["placed"] + row["gained"] for row in rows if row["scenario"] == "cut")
    seeds = {(row["structure"], row["draw"]): row["seed"] for row in rows}
    assert len(set(seeds.values())) == 12, "each structure and each draw has its own"


def test_the_same_seed_the_same_rows_whatever_the_order(small: National) -> None:
    whole = small.run(CUTS, draws=10).to_dicts()
    assert small.run(CUTS, draws=10).to_dicts() == whole
    assert small.run(CUTS, draws=10, seed=2).to_dicts() != whole
    parts = [
        row
        for structure in reversed(small.ids)
        for first in (8, 0)
        for row in small.part(structure, CUTS, first=first, draws=8 if first == 0 else 2).to_dicts()
    ]
    assert sorted(parts, key=place_of) == sorted(whole, key=place_of)
    alone = small.part("b", {"cut": Scenario.cut(20)}, first=7).to_dicts()
    assert alone == [row for row in whole if place_of(row) == ("b", 7, "cut")]


def place_of(row: dict[str, Any]) -> tuple[str, int, str]:
    return row["structure"], row["draw"], row["scenario"]


def test_the_first_draw_is_the_territory_itself(small: National) -> None:
    for structure in small.ids:
        [row] = small.part(structure, TODAY).to_dicts()
        plan = small.territory(structure).plan(nodes=20)
        assert row["groups"] == len(plan.groups) and row["placed"] == sum(one["placed"] for one in plan.programmes.to_dicts())


def test_own_youths_are_drawn_again(tmp_path: Path) -> None:
    rows = National.read(VALLEY).run(TODAY, draws=6).to_dicts()
    assert {row["youths"] for row in rows} == {14}
    assert [row["seed"] is None for row in rows] == [True, *[False] * 5]
    assert len({row["placed"] for row in rows}) > 1


def test_a_broken_structure_is_a_row(tmp_path: Path) -> None:
    rows = National.read(poisoned(tmp_path), lang="en").run(CUTS, draws=2).to_dicts()
    broken = [row for row in rows if row["structure"] == "e"]
    assert len(rows) == 20 and len(broken) == 4
    for row in broken:
        assert row["status"] == "broken" and row["groups"] is None and (row["seed"] is None) == (row["draw"] == 0)
        assert any("99999" in finding and "structures.csv:6" in finding for finding in row["findings"])
    assert all(row["status"] == "answered" for row in rows if row["structure"] != "e")


def test_frames() -> None:
    pl = pytest.importorskip("polars")
    youths = pl.read_csv(VALLEY / "youths.csv")
    given = {
        "whole": {"youths": youths, "folder": VALLEY},
        "broken": {"youths": youths.with_columns(place=pl.lit("nowhere")), "folder": VALLEY},
    }
    national = National.from_frames(given, lang="en")
    rows = {row["structure"]: row for row in national.run(TODAY).to_dicts()}
    assert (rows["whole"]["groups"], rows["whole"]["placed"]) == (3, 12)
    [row] = National.from_frames({"whole": VALLEY}, lang="en").run(TODAY).to_dicts()
    assert row == rows["whole"], "a folder is its own frames"
    assert rows["broken"]["status"] == "broken" and "M202 youths:2 place: " in rows["broken"]["findings"][0]
    assert {row["code"] for row in national.check().to_dicts()} >= {"M202"}
    with pytest.raises(maillage.InputError):
        national.territory("broken")


def test_scenarios(small: National) -> None:
    shipped = ROOT / "data" / "chinonais" / "scenarios" / "coupe.toml"
    read = Scenario.read(shipped)
    again = Scenario.of_text("coupe.toml", read.text or "")
    assert read.file == "coupe.toml" and read.percent is None and Scenario.cut(3).percent == 3
    asked = {"read": read, "text": again}
    rows = small.part("c", asked).to_dicts()
    assert [{**row, "scenario": ""} for row in rows] == [{**rows[0], "scenario": ""}] * 2
    assert rows[0]["half_days_after"] is not None
    unknown = Scenario.of_text("wrong.toml", '[[lever]]\nid = "x"\nkind = "open_site"\nsite = "nowhere"\n')
    [row] = small.part("c", {"wrong": unknown}).to_dicts()
    assert row["status"] == "broken" and "wrong.toml" in row["findings"][0]
    with pytest.raises(ValueError, match="1 to 100"):
        Scenario.cut(0)
    with pytest.raises(ValueError, match="at least one"):
        small.run({})
    with pytest.raises(TypeError):
        small.run({"cut": 10})  # type: ignore[dict-item]


def test_what_is_known_of_territories(small: National) -> None:
    sizes = {row["structure"]: row for row in small.sizes().to_dicts()}
    assert list(sizes) == small.ids and len(small) == 4
    assert all(row["work"] == row["youths"] * row["options"] for row in sizes.values())
    assert sizes["c"]["youths"] == 24
    digests = [small.digest(structure) for structure in small.ids]
    assert len(set(digests)) == 4 and all(len(one) == len(hashlib.sha256().hexdigest()) for one in digests)
    with pytest.raises(maillage.UnknownName, match="nowhere"):
        small.part("nowhere", TODAY)
    assert [row["structure"] for row in small.run(TODAY, structures=["d", "b"]).to_dicts()] == ["b", "d"]
    with pytest.raises(maillage.UnknownName, match="nowhere"):
        small.run(TODAY, structures=["nowhere"])


def test_progress_and_an_exception_of_it(small: National) -> None:
    seen: list[tuple[str, int, int]] = []
    small.run(TODAY, draws=20, progress=lambda *step: seen.append(step))
    assert {stage for stage, _, _ in seen} == {"territories"}

    class Enough(Exception):
        pass

    def stop(*_: object) -> None:
        raise Enough

    with pytest.raises(Enough):
        small.run(TODAY, draws=100_000, progress=stop)


def test_the_example_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib", reason="pip install 'maillage[examples]'")
    main = runpy.run_path(str(ROOT / "python" / "examples" / "national.py"))["main"]
    # Few youths, so that it takes seconds; a large cut, so that something is lost.
    losses = main(NATIONAL, tmp_path, percent=90, draws=2, youths=25)
    told = capsys.readouterr().out
    assert losses and all(loss.groups_after < loss.groups for loss in losses)
    assert all(loss.name in told and (loss.lever is None or loss.lever in told) for loss in losses)
    assert any(loss.lever is not None and loss.euros is not None for loss in losses)
    rows = {row["structure"]: row for row in National.read(NATIONAL, youths=25).run({"cut": Scenario.cut(90)}).to_dicts()}
    assert {loss.structure for loss in losses} == {of for of, row in rows.items() if row["groups_after"] < row["groups"]}
    assert (tmp_path / "network.png").read_bytes().startswith(b"\x89PNG")


def test_the_example_tells_what_is_not_known(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("matplotlib", reason="pip install 'maillage[examples]'")
    main = runpy.run_path(str(ROOT / "python" / "examples" / "national.py"))["main"]
    # Decisions already made need more half-days than are left: there is no plan then.
    assert main(VALLEY, tmp_path, percent=90) == []
    told = capsys.readouterr().out
    assert "valley: nothing is known after the cut" in told and "0 of 0 structures" in told
