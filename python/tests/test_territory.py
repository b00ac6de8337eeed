"""Edits, pages and what is raised."""

from __future__ import annotations

import html
import pickle
import re
import runpy
import shutil
from pathlib import Path

import pytest

import maillage
from conftest import ROOT, VALLEY


@pytest.fixture(scope="module")
def valley() -> maillage.Territory:
    return maillage.Territory.read(VALLEY, lang="en")


def test_an_edit_is_another_territory(valley: maillage.Territory) -> None:
    before = valley.plan().json()
    shorter = valley.edit(limit_min=20)
    assert len(shorter.plan().groups) < len(valley.plan().groups)
    assert valley.plan().json() == before


def test_edits_equal_a_folder_written_so(valley: maillage.Territory, tmp_path: Path) -> None:
    for file in VALLEY.iterdir():
        if file.is_file():
            (tmp_path / file.name).write_bytes(file.read_bytes())
    rewrite(tmp_path / "youths.csv", r"y01,.*\n", "")
    rewrite(tmp_path / "territory.toml", "limit_min = 45", "limit_min = 40")
    rewrite(tmp_path / "programmes.toml", "min = 3\ntarget = 4", "min = 2\ntarget = 4")
    rewrite(tmp_path / "sites.csv", "candidate,1,jeu-am jeu-pm,,2000", "existing,1,jeu-am jeu-pm,,")
    edited = valley.edit(remove_youths=["y01"], limit_min=40, sizes={"atelier": (2, 4, 5)}, open_sites=["haut"])
    assert edited.plan().json() == maillage.Territory.read(tmp_path).plan().json()


def rewrite(file: Path, before: str, after: str) -> None:
    text, times = re.subn(before, after, file.read_text("utf-8"))
    assert times == 1, before
    file.write_text(text, "utf-8")


def test_limits_of_a_programme_and_closed_sites(valley: maillage.Territory) -> None:
    held = {row["programme"] for row in valley.edit(limits_min={"atelier": 1}).plan().groups.to_dicts()}
    assert "atelier" not in held
    assert "pont" not in {row["site"] for row in valley.edit(close_sites=["pont"]).plan().groups.to_dicts()}


def test_rows_are_added_or_replaced(valley: maillage.Territory) -> None:
    pl = pytest.importorskip("polars")
    rows = pl.read_csv(VALLEY / "youths.csv", infer_schema=False)
    two = rows[:2].with_columns(pl.Series("id", ["y01", "y99"]))
    edited = valley.edit(youths=two)
    assert repr(edited).startswith('Territory("Valley": 15 youths')
    with pytest.raises(maillage.InputError) as raised:
        valley.edit(youths=two.with_columns(place=pl.lit("nowhere")))
    assert {finding.code for finding in raised.value.findings} == {"M202"}


def test_names_that_are_not_there(valley: maillage.Territory) -> None:
    with pytest.raises(maillage.UnknownName, match="nothing"):
        valley.edit(sizes={"nothing": (1, 2, 3)})
    for unknown in ({"open_sites": ["nothing"]}, {"remove_youths": ["nothing"]}):
        with pytest.raises(maillage.UnknownName, match="nothing"):
            valley.edit(**unknown)  # type: ignore[arg-type]
    with pytest.raises(maillage.UnknownName, match="nothing"):
        valley.levers(goal={"nothing": 1})
    with pytest.raises(maillage.UnknownName, match="nothing"):
        valley.levers(scenarios=["nothing"])
    with pytest.raises(maillage.UnknownName, match='"nothing". There are: haut'):
        valley.edit(scenario="nothing")
    with pytest.raises(maillage.FileError):
        valley.edit(scenario="nothing.toml")
    with pytest.raises(maillage.MaillageError):
        valley.sweep(programme="nothing")
    with pytest.raises(ValueError, match="minimum <= target"):
        valley.edit(sizes={"atelier": (3, 2, 1)})


def test_a_scenario_of_what_is_not_there(valley: maillage.Territory, tmp_path: Path) -> None:
    file = tmp_path / "ailleurs.toml"
    file.write_text('[[lever]]\nid = "ouvrir"\nkind = "open_site"\nsite = "ailleurs"\n', "utf-8")
    with pytest.raises(maillage.InputError) as raised:
        valley.edit(scenario=file)
    assert [(one.code, one.file, one.line) for one in raised.value.findings] == [("M202", "ailleurs.toml", 1)]


def test_a_scenario_comes_after_the_other_changes(valley: maillage.Territory) -> None:
    at_once = valley.edit(remove_youths=["y01"], scenario="haut", cut_percent=50)
    one_by_one = valley.edit(remove_youths=["y01"]).edit(scenario="haut").edit(cut_percent=50)
    assert at_once.plan().json() == one_by_one.plan().json()
    assert at_once.plan().json() != valley.edit(scenario="haut").plan().json()


def test_cuts(valley: maillage.Territory, tmp_path: Path) -> None:
    for percent in (0, 101, -1, 1000):
        with pytest.raises(ValueError, match="from 1 to 100"):
            valley.edit(cut_percent=percent)
    with pytest.raises(maillage.NoPlan):
        valley.edit(cut_percent=100).plan()
    shutil.copytree(VALLEY, tmp_path / "untold", ignore=shutil.ignore_patterns("advisers.csv"))
    with pytest.raises(ValueError, match="how many half-days"):
        maillage.Territory.read(tmp_path / "untold", lang="en").edit(cut_percent=10)


def test_a_problem_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(maillage.InputError) as raised:
        maillage.solve({"format": "groups/9"})
    assert raised.value.findings[0].code == "M102"
    with pytest.raises(OSError):
        maillage.solve(tmp_path / "nothing.json")


def test_first_screen(valley: maillage.Territory) -> None:
    shown = valley.plan()._repr_html_()
    assert shown.startswith("<iframe sandbox") and shown.count("<") == 2, "all within is escaped"
    page = html.unescape(shown)
    assert "Atelier" in page and "<nav" not in page and "<script" not in page
    assert not re.search(r"\by\d\d\b", page), "no youth"
    assert not re.search(r"(src|href)=\"https?:", page), "nothing from elsewhere"


def test_names_are_escaped() -> None:
    written = (VALLEY / "programmes.toml").read_text("utf-8").replace('"Atelier"', '"<b onclick=x>&\\""')
    documents = {"programmes.toml": written}
    shown = maillage.Territory.from_frames(documents=documents, folder=VALLEY).plan()._repr_html_()
    assert "<b onclick" not in shown and "<b onclick" not in html.unescape(shown)


def test_pages(valley: maillage.Territory) -> None:
    plan = valley.plan()
    assert plan.html().startswith("<!doctype html>")
    assert not re.search(r"\by\d\d\b", plan.html(shared=True))


def test_nothing_is_pickled(valley: maillage.Territory) -> None:
    for value in (valley, valley.plan(), valley.check()):
        with pytest.raises(TypeError):
            pickle.dumps(value)
    sources = [*(ROOT / "python" / "maillage").glob("*.py*"), *(ROOT / "python" / "src").glob("*.rs")]
    assert not [path.name for path in sources if path.suffix in {".py", ".pyi", ".rs"} and "pickle" in path.read_text("utf-8")]


def test_the_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(ROOT / "python" / "examples" / "plan.py"))["main"](VALLEY)
    assert "atelier at pont" in capsys.readouterr().out
