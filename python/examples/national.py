"""Which structures lose a viable group if 10 % of half-days are cut, and which lever is the cheapest there?

    python national.py [FOLDER] [--cut 10] [--draws 20] [--spark] [--out FOLDER]

Bare, the three structures of `data/national`. Writes `network.png`: where they are, and what each has before and after.
"""

# %% What is asked
from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import pandas as pd
import pyarrow as pa

import maillage
from maillage import National, Scenario

NATIONAL = Path(__file__).parents[2] / "data" / "national"
# Colours that everybody tells apart (Okabe and Ito, 2008); what is lost has another shape, too.
KEPT, LOST, LAND = "#0072B2", "#D55E00", "#BBBBBB"


@dataclass(frozen=True)
class Loss:
    """A structure that loses a group, and the cheapest lever that makes one more there once the cut is made."""

    structure: str
    name: str
    groups: int
    groups_after: int
    places_lost: int
    share_of_draws: float
    lever: str | None
    euros: float | None


# %% Each structure, before and after: one process, or a cluster
def surveyed(folder: Path, scenarios: dict[str, Scenario], *, draws: int, youths: int, spark: bool) -> pd.DataFrame:
    """A row a structure and draw."""
    if not spark:
        national = National.read(folder, youths=youths, lang="en")
        whole: pd.DataFrame = pa.table(national.run(scenarios, draws=draws)).to_pandas()
        return whole
    from pyspark.sql import SparkSession

    import maillage.spark

    # Workers on this machine are as this process; on a cluster PYSPARK_PYTHON names a Python that has maillage.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.master("local[*]").appName("network").getOrCreate()
    try:
        frame = maillage.spark.national(session, folder, scenarios, draws=draws, youths=youths, lang="en")
        rows: pd.DataFrame = frame.toArrow().to_pandas()
        return rows.sort_values(["structure", "draw"], ignore_index=True)
    finally:
        session.stop()


# %% Who loses a group
def lost(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a structure: what it has as it is, and in how many of the draws it loses a group.

    Where nobody told how many half-days there are, or no plan keeps the decisions made, nothing is known of it after the cut.
    """
    rows = rows.assign(loses=rows["groups_after"] < rows["groups"])
    share = rows.groupby("structure")["loses"].mean().rename("share_of_draws")
    return rows[rows["draw"] == 0].set_index("structure").join(share)


# %% The cheapest lever there
def cheapest(national: National, structure: str, percent: int) -> tuple[str, float] | None:
    """The name and price of the cheapest lever that makes one more group after the cut, of those that the territory suggests."""
    levers: dict[str, Any] = national.territory(structure).edit(cut_percent=percent).levers(catalogue=True).to_dict()
    priced = {lever["id"]: lever for lever in levers["levers"]}
    further = [priced[one["lever"]] for one in levers["further"]]
    if not further:
        return None
    best = min(further, key=lambda lever: (lever["cost_cents"], lever["id"]))
    return str(best["name"]), best["cost_cents"] / 100


# %% A map and a plot
def drawn(folder: Path, structures: pd.DataFrame, percent: int) -> Any:
    """Seats on the communes around them, and groups before and after."""
    figure, (chart, bars) = plt.subplots(1, 2, figsize=(12, 6), layout="constrained")
    communes = pd.read_csv(folder / "communes.csv")
    chart.scatter(communes["lon"], communes["lat"], s=4, color=LAND, label="communes", zorder=1)
    for loses, colour, marker, label in ((False, KEPT, "o", "keeps its groups"), (True, LOST, "v", "loses a group")):
        some = structures[structures["loses"] == loses]
        chart.scatter(some["lon"], some["lat"], s=90, color=colour, marker=marker, label=label, edgecolor="white", zorder=2)
    if len(structures) <= 20:
        middle = (communes["lon"].min() + communes["lon"].max()) / 2
        for seat in structures.to_dict("records"):
            # Towards the middle, so that no name leaves the map.
            side, apart = ("right", -8) if seat["lon"] > middle else ("left", 8)
            chart.annotate(seat["name"], (seat["lon"], seat["lat"]), xytext=(apart, 6), textcoords="offset points", ha=side, fontsize=9)
    # A degree of longitude is shorter than one of latitude here.
    chart.set_aspect(1 / 0.68)
    chart.set(title=f"{percent} % of half-days fewer", xlabel="longitude (°)", ylabel="latitude (°)")
    chart.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3)

    most = structures.sort_values(["lost", "name"], ascending=[True, False]).tail(20)
    places = range(len(most))
    bars.barh([at + 0.2 for at in places], most["groups"], height=0.4, color=KEPT, label="today")
    bars.barh([at - 0.2 for at in places], most["groups_after"], height=0.4, color=LOST, hatch="//", edgecolor="white", label="after the cut")
    bars.set_yticks(list(places), [f"{row['name']}\n{row['lost']:.0f} places lost" for row in most.to_dict("records")])
    bars.set(title="Groups, where most places are lost", xlabel="groups")
    bars.legend(loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=2)
    return figure


# %% The answer
def main(folder: Path, out: Path, *, percent: int = 10, draws: int = 1, youths: int = 300, spark: bool = False) -> list[Loss]:
    rows = surveyed(folder, {"cut": Scenario.cut(percent)}, draws=draws, youths=youths, spark=spark)
    for broken in rows[rows["status"] != "answered"].drop_duplicates("structure").to_dict("records"):
        print(f"{broken['structure']}: {broken['status']}: {'; '.join(broken['findings'])}")
    known = rows[(rows["status"] == "answered") & rows["groups_after"].notna()]
    for structure in sorted(set(rows["structure"][rows["status"] == "answered"]) - set(known["structure"][known["draw"] == 0])):
        print(f"{structure}: nothing is known after the cut: no half-days are told, or no plan keeps the decisions made")
    structures = lost(known)
    national = National.read(folder, youths=youths, lang="en")
    losses = []
    for row in structures[structures["loses"]].sort_values("lost", ascending=False).reset_index().to_dict("records"):
        lever, euros = cheapest(national, row["structure"], percent) or (None, None)
        loss = Loss(
            structure=row["structure"],
            name=row["name"],
            groups=int(row["groups"]),
            groups_after=int(row["groups_after"]),
            places_lost=int(row["lost"]),
            share_of_draws=float(row["share_of_draws"]),
            lever=lever,
            euros=euros,
        )
        losses.append(loss)
        how = f"{loss.lever}, {loss.euros:,.0f} €" if lever else "no lever that the territory suggests"
        often = f", in {loss.share_of_draws:.0%} of {draws} draws" if draws > 1 else ""
        print(f"{loss.name}: {loss.groups} groups → {loss.groups_after}, {loss.places_lost} places lost{often}; one more group: {how}")
    print(f"{len(losses)} of {len(structures)} structures lose a group if {percent} % of half-days are cut")
    if len(structures) > 0:
        drawn(folder, structures, percent).savefig(out / "network.png", dpi=120)
    return losses


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=NATIONAL)
    parser.add_argument("--cut", type=int, default=10, metavar="PERCENT")
    parser.add_argument("--draws", type=int, default=1)
    parser.add_argument("--youths", type=int, default=300)
    parser.add_argument("--spark", action="store_true", help="on Spark, with maillage[spark]")
    parser.add_argument("--out", type=Path, default=Path())
    words = parser.parse_args()
    main(words.folder, words.out, percent=words.cut, draws=words.draws, youths=words.youths, spark=words.spark)
