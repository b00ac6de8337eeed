#!/usr/bin/env python3
"""Runs maillage and road engines on the same extract and points and prints tables. See README.md."""
import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
MAILLAGE = HERE.parents[2] / "target/release/maillage"
# Each peer: the module that it needs, its script, and what comes after the points.
# The profile is the one of ours that it is compared with.
PEERS = {
    "osrm-flat": ("osrm", "run_osrm.py", ["flat", "{dump}"], "flat"),
    "osrm-car": ("osrm", "run_osrm.py", ["car", "{dump}"], "car"),
    "pandana": ("pandana", "run_pandana.py", ["{dump}"], "flat"),
    "valhalla": ("valhalla", "run_valhalla.py", ["auto", "{dump}", "1000", "timedistancematrix"], "car"),
}
PROFILES = {"flat": ["--profile", str(HERE / "flat.toml")], "car": []}
RUNS = 3


def draw(folder, python, pbf, homes, sites, out):
    """The peers' own points, as the two files that maillage reads and the one that they do."""
    points = out / "points.csv"
    subprocess.run([python, str(folder / "make_points.py"), str(pbf), str(points), str(homes), str(sites)], check=True)
    with open(points, newline="") as file:
        rows = list(csv.DictReader(file))
    for kind in ("home", "site"):
        with open(out / f"{kind}s.csv", "w", newline="") as file:
            table = csv.writer(file)
            table.writerow(["id", "lon", "lat"])
            table.writerows([r["id"], r["lon"], r["lat"]] for r in rows if r["kind"] == kind)
    return points


def ours(pbf, out, profile):
    """The median of a few runs of our command on one thread, and the times home to site of one."""
    command = [str(MAILLAGE), "times", "--roads", str(pbf), "--mode", "car", *PROFILES[profile]]
    command += ["--homes", str(out / "homes.csv"), "--sites", str(out / "sites.csv")]
    environment = {**os.environ, "RAYON_NUM_THREADS": "1"}
    run = lambda *more: subprocess.run([*command, *more], capture_output=True, text=True, check=True, env=environment).stdout
    lines = [json.loads(run("--json")) for _ in range(RUNS)]
    median = {key: statistics.median(line[key] for line in lines) for key in ("build_s", "table_s", "rss_mb")}
    table = {(r["home"], r["site"]): r["to_s"] for r in csv.DictReader(run("--csv").splitlines())}
    return {**lines[0], **median}, table


def theirs(folder, python, peer, pbf, points, out):
    """A peer's line and its times home to site, or nothing where it is not installed."""
    module, script, arguments, _ = PEERS[peer]
    if subprocess.run([python, "-c", f"import {module}"], capture_output=True).returncode:
        return None
    dump = out / f"{peer}.csv"
    command = [python, str(folder / script), str(pbf), str(points), *(a.format(dump=dump) for a in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    if done.returncode:
        sys.exit(f"{peer} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1]), dump


def agreement(table, dump):
    """Ours over theirs: quantiles of the ratio, how many pairs are within 2 %, pairs that only one reaches."""
    ratios, only_us, only_them = [], 0, 0
    with open(dump, newline="") as file:
        for home, row in enumerate(csv.reader(file)):
            for site, text in enumerate(row):
                mine = table[f"h{home}", f"s{site}"]
                if mine and text and float(text) > 0:
                    ratios.append(float(mine) / float(text))
                only_us += bool(mine) and not text
                only_them += bool(text) and not mine
    ratios.sort()
    at = lambda part: ratios[min(int(part * len(ratios)), len(ratios) - 1)] if ratios else float("nan")
    near = sum(abs(r - 1) <= 0.02 for r in ratios) / max(len(ratios), 1)
    return f"{at(0.05):.3f}–{at(0.5):.4f}–{at(0.95):.3f} | {near:.1%} | {only_us} / {only_them}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="folder of the peers' scripts")
    parser.add_argument("--roads", type=Path, nargs="*", default=[], help="extracts, .osm.pbf")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the peers (3.12 or later)")
    parser.add_argument("--homes", type=int, default=20_000)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--only", nargs="*", choices=PEERS, default=list(PEERS))
    options = parser.parse_args()
    if not options.peers or not (options.peers / "make_points.py").exists() or not options.roads:
        return print("skipped: no data")
    folder = options.peers.resolve()
    print("| extract | engine | build_s | table_s | MB | ours: build_s, table_s, MB | table ratio | ours/theirs p5–p50–p95 | within 2 % | only ours / only theirs |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for pbf in (p.resolve() for p in options.roads):
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch)
            points = draw(folder, options.python, pbf, options.homes, options.sites, out)
            for peer in options.only:
                # One after the other, so that both see the same machine.
                found = theirs(folder, options.python, peer, pbf, points, out)
                if found is None:
                    print(f"| {pbf.name} | {peer} | skipped: not installed |")
                    continue
                line, dump = found
                own, table = ours(pbf, out, PEERS[peer][3])
                print(
                    f"| {pbf.name} | {peer} | {line['build_s']} | {line['table_s']} | {line['rss_mb']} "
                    f"| {own['build_s']:.3f}, {own['table_s']:.4f}, {own['rss_mb']:.0f} "
                    f"| {line['table_s'] / own['table_s']:.0f} | {agreement(table, dump)} |",
                    flush=True,
                )


if __name__ == "__main__":
    main()
