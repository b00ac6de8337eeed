"""The wheel answers with the bytes of the command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import maillage
from conftest import CHINONAIS, ROOT, VALLEY, Command


@pytest.mark.parametrize("folder", [VALLEY, CHINONAIS], ids=["valley", "chinonais"])
def test_plan(folder: Path, command: Command) -> None:
    territory = maillage.Territory.read(folder)
    plan = territory.plan()
    assert plan.json() == command("plan", folder, "--json")
    assert plan.to_dict() == json.loads(plan.json())
    assert plan.to_dict()["schema"] == "maillage/plan/1"
    assert territory.plan().json() == plan.json(), "whatever was asked before"


def test_levers(command: Command) -> None:
    territory = maillage.Territory.read(VALLEY)
    assert territory.levers().json() == command("levers", VALLEY, "--json")
    asked = territory.levers(budget=2000, goal={"atelier": 2}, catalogue=True)
    words = ("levers", VALLEY, "--json", "--budget", "2000", "--goal", "atelier>=2", "--catalogue")
    assert asked.json() == command(*words)
    assert asked.to_dict()["schema"] == "maillage/levers/1"
    assert territory.levers(scenarios=["haut"]).json() == command("levers", VALLEY, "--json", "--scenario", "haut")


CUT = """
[[lever]]
id = "un-site-de-moins"
kind = "close_sites"
sites = 1

[[lever]]
id = "un-cyclomoteur-de-plus"
kind = "lend"
vehicle = "cyclomoteur"
"""


@pytest.mark.parametrize("scenario", ["haut", "moins"])
def test_scenarios(scenario: str, command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "valley"
    shutil.copytree(VALLEY, folder)
    (folder / "scenarios" / "moins.toml").write_text(CUT, "utf-8")
    told = json.loads(command("compare", folder, scenario, "--json"))
    after = told["scenarios"][1]
    assert after["gap"] == 0, "any plan that is proved has as many places"
    territory = maillage.Territory.read(folder)
    file = folder / "scenarios" / f"{scenario}.toml"
    for edited in (territory.edit(scenario=scenario), maillage.Territory.read(VALLEY).edit(scenario=file)):
        plan = edited.plan()
        assert (len(plan.groups), len(plan.members)) == (after["groups"], after["places"]["to"])
        groups = {row["name"]: row["groups"] for row in plan.programmes.to_dicts() if row["groups"]}
        assert groups == {row["programme"]: row["after"] for row in told["groups"] if row["after"]}
        assert not {row["site"] for row in plan.groups.to_dicts()} & set(after["closed"])
    assert territory.plan().json() == maillage.Territory.read(VALLEY).plan().json(), "it stays as it is"


def test_cuts(command: Command, tmp_path: Path) -> None:
    shutil.copytree(VALLEY, tmp_path / "valley")
    for percent in (10, 50):
        told = json.loads(command("national", tmp_path, "--cut", f"{percent}%", "--json"))
        after = told["territories"][0]["after"]["then"]
        assert after["placed"] == after["bound"], "any plan that is proved has as many places"
        plan = maillage.Territory.read(VALLEY).edit(cut_percent=percent).plan()
        assert (len(plan.groups), len(plan.members)) == (after["groups"], after["placed"])


def test_sweep(command: Command) -> None:
    territory = maillage.Territory.read(VALLEY)
    sweep = territory.sweep()
    assert sweep.json() == command("sweep", VALLEY, "--json")
    assert len(sweep.cells) == 4 * 5 * 3
    asked = territory.sweep(limits=[60, 30], minimums=[0, -1], programme="atelier", slower=10)
    words = ("--limits=60,30", "--minimums=0,-1", "--programme", "atelier", "--slower", "10")
    assert asked.json() == command("sweep", VALLEY, "--json", *words)


def test_solve(command: Command, tmp_path: Path) -> None:
    canton = ROOT / "data" / "instances" / "canton.json"
    written = tmp_path / "solution.json"
    told = json.loads(command("solve", canton, "--json", "--solution", written))
    for problem in (canton, json.loads(canton.read_text("utf-8"))):
        solved = maillage.solve(problem)
        assert solved.solution() == written.read_text("utf-8")
        assert [tier[:4] for tier in solved.to_dict()["tiers"]] == [tier[:4] for tier in told["tiers"]]
        assert sum(row["groups"] for row in solved.groups.to_dicts()) > 0
        assert len(solved.members) == len(json.loads(solved.solution())["x"])


def test_times_by_road(command: Command, tmp_path: Path) -> None:
    homes, roads = VALLEY / "places.csv", VALLEY / "roads" / "valley.osm.pbf"
    times = maillage.times(homes, homes, roads=roads, mode="bike", limit_min=60)
    words = ("--roads", roads, "--homes", homes, "--sites", homes, "--mode", "bike", "--limit", "60", "--csv")
    assert times.csv() == command("times", *words)
    assert times.rows.columns == ["home", "site", "to_s", "from_s"] and len(times.rows) == 25


def test_times_by_timetable(command: Command) -> None:
    homes, feed = VALLEY / "places.csv", VALLEY / "horaires"
    asked = {"date": "2026-10-01", "arrive_by": "09:00", "leave_after": "12:00"}
    times = maillage.times(homes, homes, timetable=feed, **asked)  # type: ignore[arg-type]
    words = [word for name, value in asked.items() for word in (f"--{name.replace('_', '-')}", value)]
    assert times.csv() == command("times", "--timetable", feed, "--homes", homes, "--sites", homes, *words, "--csv")
    assert len(times.rows) == 25


def test_a_broken_folder_has_the_findings_of_the_command() -> None:
    folder = ROOT / "data" / "broken" / "duplicate-youth"
    with pytest.raises(maillage.InputError) as raised:
        maillage.Territory.read(folder, lang="en")
    first = raised.value.findings[0]
    assert (first.code, first.level, first.file, first.row) == ("M201", "error", "youths.csv", None)
    assert first.line is not None and first.what in str(raised.value)
    assert maillage.check(folder, lang="en").to_dicts()[0]["what"] == first.what
    with pytest.raises(maillage.InputError) as in_french:
        maillage.Territory.read(folder)
    assert in_french.value.findings[0].what != first.what
