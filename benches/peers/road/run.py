#!/usr/bin/env python3
"""maillage beside routing engines: the same extract, homes and sites, one thread, processor seconds.

usage: run.py NET.osm.pbf... [--homes 20000] [--sites 20] [--engines osrm-flat,osrm-car,pandana,valhalla]
needs: a release build of maillage, Python >= 3.12, pip install osmium numpy; and of the engines those to be compared:
pip install osrm-bindings pandana pyvalhalla. What is not installed is skipped, and said. Each engine runs in a process of its own.
"""
import argparse
import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
BINARY = Path(os.environ.get("MAILLAGE_BIN", ROOT / "target/release/maillage"))
LIVED_AT = {"residential", "unclassified", "tertiary", "living_street"}
MET_AT = {"primary", "secondary", "tertiary"}
ENGINES = ["osrm-flat", "osrm-car", "pandana", "valhalla"]


def points(net, homes, sites):
    """Homes within 100 m of a vertex of a street, sites at one of a larger road; seed 1."""
    import osmium

    lived, met = [], []
    for way in osmium.FileProcessor(net, osmium.osm.WAY).with_locations():
        highway = way.tags.get("highway")
        if highway in LIVED_AT | MET_AT and way.tags.get("access") not in ("no", "private"):
            at = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
            lived += at if highway in LIVED_AT else []
            met += at if highway in MET_AT else []
    draw = random.Random(1)
    off = lambda: draw.uniform(-0.0009, 0.0009)
    near = [(lon + off(), lat + off()) for lon, lat in (draw.choice(lived) for _ in range(homes))]
    return near, [draw.choice(met) for _ in range(sites)]


def write_points(path, rows):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "lon", "lat"])
        out.writerows((i, f"{lon:.7f}", f"{lat:.7f}") for i, (lon, lat) in enumerate(rows))


def read_points(path):
    with open(path, newline="") as file:
        return [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]


def maillage(net, folder, profile):
    more = ["--profile", HERE / "flat.toml"] if profile == "flat" else []
    command = [BINARY, "times", "--roads", net, "--homes", folder / "homes.csv", "--sites", folder / "sites.csv"]
    runs = []
    for _ in range(3):
        run = subprocess.run([*map(str, command), "--mode", "car", "--threads", "1", "--json", *map(str, more)],
                             capture_output=True, text=True, check=True)
        runs.append(json.loads(run.stdout))
    best = runs[0]
    sites = best["sites"]
    times = [row["to_s"] for row in best["rows"]]
    return {"build_s": statistics.median(r["build_s"] for r in runs), "rss_mb": best["rss_mb"],
            "table_s": statistics.median(r["table_s"] for r in runs),
            "times": [times[i:i + sites] for i in range(0, len(times), sites)]}


def lua():
    """flat.toml as a profile of OSRM."""
    rules = tomllib.loads((HERE / "flat.toml").read_text())
    table = lambda pairs: "{" + ", ".join(f"[{json.dumps(k)}] = {v}" for k, v in pairs) + "}"
    return f"""
api_version = 4
local kmh = {table(rules["class_kmh"].items())}
local closed = {table((value, "true") for value in rules["access"]["closed"])}
local round = {table((value, "true") for value in rules["oneway"]["implied"]["junction"])}
function setup()
  return {{ properties = {{ weight_name = 'duration', u_turn_penalty = 0, continue_straight_at_waypoint = false,
    use_turn_restrictions = false, max_speed_for_map_matching = 60 }} }}
end
function process_node() end
function process_turn(_, turn) turn.duration, turn.weight = 0, 0 end
function process_way(_, way, result)
  local tag = function(key) return way:get_value_by_key(key) end
  local highway = tag('highway')
  local speed = highway and kmh[highway]
  if not speed or tag('area') == 'yes' then return end
  local access = tag('motorcar') or tag('motor_vehicle') or tag('vehicle') or tag('access')
  if access and closed[access] then return end
  local limit = tonumber(tag('maxspeed') or '')
  if limit and limit > 0 then speed = limit * {rules["maxspeed"]["factor"]} end
  local oneway = tag('oneway')
  local said = oneway == 'yes' or oneway == '1' or oneway == 'true'
  local implied = oneway ~= 'no' and (highway == 'motorway' or round[tag('junction') or ''])
  if oneway ~= '-1' then result.forward_mode, result.forward_speed = mode.driving, speed end
  if not (said or implied) or oneway == '-1' then result.backward_mode, result.backward_speed = mode.driving, speed end
end
return {{ setup = setup, process_way = process_way, process_node = process_node, process_turn = process_turn }}
"""


def osrm(net, folder, profile):
    import osrm as engine

    package = Path(engine.__file__).parent
    with tempfile.TemporaryDirectory() as work:
        work = Path(work)
        (work / "net.osm.pbf").symlink_to(Path(net).resolve())
        rules = package / "share/profiles/car.lua"
        if profile == "flat":
            rules = work / "flat.lua"
            rules.write_text(lua())
        build = {}
        for tool, *args in [("osrm-extract", "-p", rules, "net.osm.pbf"), ("osrm-contract", "net.osrm")]:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([package / "bin" / tool, *args, "-t", "1"], cwd=work, check=True, capture_output=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            build[tool] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        router = engine.OSRM(algorithm="CH", storage_config=str(work / "net.osrm"), use_shared_memory=False,
                             max_locations_distance_table=-1)
        homes, sites = read_points(folder / "homes.csv"), read_points(folder / "sites.csv")
        query = engine.TableParameters(coordinates=homes + sites, sources=list(range(len(homes))),
                                       destinations=list(range(len(homes), len(homes) + len(sites))),
                                       annotations=["duration"], generate_hints=False)
        took = []
        for _ in range(3):
            start = time.process_time()
            answer = router.Table(query)
            took.append(time.process_time() - start)
        number = lambda value: value if isinstance(value, (int, float)) else None
        return {"extract_s": build["osrm-extract"], "build_s": sum(build.values()),
                "table_s": statistics.median(took), "times": [[number(v) for v in row] for row in answer["durations"]]}


def pandana(net, folder, _):
    import numpy
    import osmium
    import pandana as engine
    import pandas

    rules = tomllib.loads((HERE / "flat.toml").read_text())
    start = time.process_time()
    where, edges = {}, []
    for way in osmium.FileProcessor(net, osmium.osm.WAY).with_locations():
        tags = dict(way.tags)
        kmh = rules["class_kmh"].get(tags.get("highway"))
        access = next((tags[key] for key in rules["access"]["keys"] if key in tags), None)
        if not kmh or tags.get("area") == "yes" or access in rules["access"]["closed"]:
            continue
        limit = tags.get("maxspeed", "")
        kmh = float(limit) * rules["maxspeed"]["factor"] if limit.replace(".", "", 1).isdigit() and float(limit) else kmh
        oneway = tags.get("oneway")
        implied = oneway != "no" and (tags["highway"] == "motorway" or tags.get("junction") in ("roundabout", "circular"))
        nodes = [(n.ref, n.lon, n.lat) for n in way.nodes if n.location.valid()]
        where.update((ref, (lon, lat)) for ref, lon, lat in nodes)
        for (a, alon, alat), (b, blon, blat) in zip(nodes, nodes[1:]):
            x = (blon - alon) * 111_320 * numpy.cos(numpy.radians((alat + blat) / 2))
            seconds = float(numpy.hypot(x, (blat - alat) * 111_200)) / kmh * 3.6
            if oneway != "-1":
                edges.append((a, b, seconds))
            if not (oneway in ("yes", "1", "true") or implied) or oneway == "-1":
                edges.append((b, a, seconds))
    nodes = pandas.DataFrame.from_dict(where, orient="index", columns=["x", "y"])
    frame = pandas.DataFrame(edges, columns=["a", "b", "s"])
    network = engine.Network(nodes.x, nodes.y, frame.a, frame.b, frame[["s"]], twoway=False)
    build = time.process_time() - start
    homes, sites = read_points(folder / "homes.csv"), read_points(folder / "sites.csv")
    start = time.process_time()
    home_ids, site_ids = [network.get_node_ids(*zip(*rows)).to_numpy() for rows in (homes, sites)]
    pairs = network.shortest_path_lengths(numpy.repeat(home_ids, len(sites)), numpy.tile(site_ids, len(homes)))
    table = time.process_time() - start
    times = [None if value > 4e6 else value for value in pairs]
    return {"build_s": build, "table_s": table, "times": [times[i:i + len(sites)] for i in range(0, len(times), len(sites))]}


def valhalla(net, folder, _):
    import valhalla as engine

    with tempfile.TemporaryDirectory() as work:
        config = engine.get_config(tile_extract=f"{work}/tiles.tar", tile_dir=f"{work}/tiles")
        config["mjolnir"]["concurrency"] = 1
        config["service_limits"]["auto"]["max_matrix_location_pairs"] = 10**9
        config["service_limits"]["auto"]["max_matrix_distance"] = 10**9
        config["thor"]["source_to_target_algorithm"] = "timedistancematrix"
        file = Path(work) / "config.json"
        file.write_text(json.dumps(config))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "valhalla", "valhalla_build_tiles", "-c", file, net], check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        actor = engine.Actor(str(file))
        place = lambda rows: [{"lon": lon, "lat": lat} for lon, lat in rows]
        homes, sites = place(read_points(folder / "homes.csv")), place(read_points(folder / "sites.csv"))
        took, times = 0.0, []
        for first in range(0, len(homes), 1000):
            query = {"sources": homes[first:first + 1000], "targets": sites, "costing": "auto", "verbose": False}
            start = time.process_time()
            answer = actor.matrix(json.dumps(query) if isinstance(query, str) else query)
            took += time.process_time() - start
            times += answer["sources_to_targets"]["durations"]
        return {"build_s": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, "table_s": took, "times": times}


def one(engine, net, folder):
    """One engine in this process, its answer as JSON on stdout."""
    kind, _, profile = engine.partition("-")
    answer = {"osrm": osrm, "pandana": pandana, "valhalla": valhalla}[kind](net, Path(folder), profile)
    answer["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    json.dump(answer, sys.stdout)


def agreement(ours, theirs):
    pairs = [(a, b) for mine, other in zip(ours, theirs) for a, b in zip(mine, other)]
    alike = sum((a is None) == (b is None) for a, b in pairs)
    both = [(a, b) for a, b in pairs if a is not None and b]
    ratios = sorted(a / b for a, b in both)
    at = lambda share: ratios[int(share * (len(ratios) - 1))]
    close = sum(abs(a - b) <= 0.02 * b for a, b in both) / len(both)
    return (f"ratio p5 {at(.05):.4f}, median {at(.5):.4f}, p95 {at(.95):.4f}; within 2 %: {close:.1%}; "
            f"reached alike: {alike}/{len(pairs)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("nets", nargs="+")
    parser.add_argument("--homes", type=int, default=20_000)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        return one(asked.one, asked.nets[0], asked.folder)
    if not BINARY.is_file():
        sys.exit(f"{BINARY} is not there: cargo build --release")
    for net in asked.nets:
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            homes, sites = points(net, asked.homes, asked.sites)
            write_points(folder / "homes.csv", homes)
            write_points(folder / "sites.csv", sites)
            ours = {profile: maillage(net, folder, profile) for profile in ("flat", "car")}
            print(f"\n{Path(net).name}: {asked.homes} homes x {asked.sites} sites")
            for profile, answer in ours.items():
                print(f"  maillage {profile}: build {answer['build_s']:.3f} s, table {answer['table_s']:.4f} s, {answer['rss_mb']} MB")
            for engine in asked.engines.split(","):
                command = [sys.executable, __file__, net, "--one", engine, "--folder", str(folder)]
                run = subprocess.run(command, capture_output=True, text=True)
                if run.returncode:
                    print(f"  {engine}: skipped: {run.stderr.strip().splitlines()[-1]}")
                    continue
                theirs = json.loads(run.stdout)
                mine = ours["flat" if engine in ("osrm-flat", "pandana") else "car"]
                extract = f" (extract alone {theirs['extract_s']:.2f})" if "extract_s" in theirs else ""
                print(f"  {engine}: build {theirs['build_s']:.2f} s{extract}, table {theirs['table_s']:.3f} s, {theirs['rss_mb']} MB; "
                      f"build x {theirs['build_s'] / mine['build_s']:.0f}, table x {theirs['table_s'] / mine['table_s']:.0f}")
                print(f"    maillage / {engine}: {agreement(mine['times'], theirs['times'])}")


main()
