"""A small country to try engines on: four structures that are planned in no time."""

from __future__ import annotations

from pathlib import Path

STRUCTURES = """\
id,name,insee_code,youths
a,Nord,37072,14
b,Sud,37132,14
c,Est,37003,24
d,Ouest,37001,14
"""
COMMUNES = """\
insee_code,name,population,lon,lat,density
37003,Amboise,9000,0.9829,47.4111,2
37072,Chinon,7000,0.24,47.1665,3
37132,Loches,6000,1.0,47.13,3
37001,Abilly,1100,0.7346,46.9413,3
37002,Ambillou,1700,0.4474,47.4516,3
"""
PROGRAMMES = """\
[[programme]]
id = "atelier"
name = "Atelier"
min = 3
target = 4
max = 6
half_days = 1
slots = ["mar-am", "mar-pm", "jeu-am"]
weeks = 4
start = "2026-09-28"
max_groups = 2
"""


def country(folder: Path) -> Path:
    """Writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {"structures.csv": STRUCTURES, "communes.csv": COMMUNES, "programmes.toml": PROGRAMMES}.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def poisoned(folder: Path) -> Path:
    """The same with a structure whose commune is nowhere."""
    country(folder)
    with (folder / "structures.csv").open("a", encoding="utf-8") as file:
        file.write("e,Nulle part,99999,14\n")
    return folder
