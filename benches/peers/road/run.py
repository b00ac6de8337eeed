#!/usr/bin/env python3
"""Runs maillage and road engines on the same extract and points and prints a table. See README.md."""
import argparse
import csv
import json
import math
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
MAILLAGE = Path(os.environ.get("MAILLAGE_BIN", HERE.parents[2] / "target/release/maillage"))
FLAT = HERE / "flat.toml"
CAR = HERE.parents[2] / "data/profiles/car.toml"
# Each peer: the module that it needs, and the profile of ours that it is compared with.
PEERS = {
    "osrm-flat": ("osrm", "flat"),
    "osrm-car": ("osrm", "car"),
    "pandana": ("pandana", "flat"),
    "valhalla": ("valhalla", "car"),
}
LIVED_AT = {"residential", "unclassified", "tertiary", "living_street"}
MET_AT = {"primary", "secondary", "tertiary"}
RUNS = 3


def ways(net):
    """The ways of a file, with where their nodes are."""
    import osmium

    both = osmium.FileProcessor(str(net), osmium.osm.NODE | osmium.osm.WAY).with_locations()
    return both.with_filter(osmium.filter.EntityFilter(osmium.osm.WAY))


def draw(net, homes, sites):
    """Homes within 100 m of a vertex of a street, sites at one of a larger road; the same in each run."""
    lived, met = [], []
    for way in ways(net):
        highway = way.tags.get("highway")
        if highway in LIVED_AT | MET_AT and way.tags.get("access") not in ("no", "private"):
            at = [(node.lon, node.lat) for node in way.nodes if node.location.valid()]
            lived += at if highway in LIVED_AT else []
            met += at if highway in MET_AT else []
    chance = random.Random(1)
    off = lambda: chance.uniform(-0.0009, 0.0009)
    near = [(lon + off(), lat + off()) for lon, lat in (chance.choice(lived) for _ in range(homes))]
    return near, [chance.choice(met) for _ in range(sites)]


def write_points(path, rows):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "lon", "lat"])
        out.writerows((i, f"{lon:.7f}", f"{lat:.7f}") for i, (lon, lat) in enumerate(rows))


def read_points(path):
    with open(path, newline="") as file:
        return [(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(file)]


def cpu(who=resource.RUSAGE_SELF):
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def ran(*command, **more):
    """Processor seconds of a command."""
    before = cpu(resource.RUSAGE_CHILDREN)
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(done.stderr[-2000:] or f"{command[0]} failed")
    return cpu(resource.RUSAGE_CHILDREN) - before


def rows(times, sites):
    return [times[i : i + sites] for i in range(0, len(times), sites)]


def ours(net, folder, profile):
    """The median of a few runs of our command on one thread, and the times home to site of one."""
    command = [MAILLAGE, "times", "--roads", net, "--homes", folder / "homes.csv", "--sites", folder / "sites.csv"]
    rules = FLAT
    if profile == "car":
        # The others don't count the walk between door and road.
        rules = folder / "car.toml"
        lines = CAR.read_text().splitlines(keepends=True)
        rules.write_text("".join(line for line in lines if not line.startswith("off_road_kmh")))
    command += ["--mode", "car", "--threads", "1", "--json", "--profile", rules]
    runs = []
    for _ in range(RUNS):
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    median = {key: statistics.median(run[key] for run in runs) for key in ("build_s", "table_s", "rss_mb")}
    return {**median, "times": rows([row["to_s"] for row in runs[0]["rows"]], runs[0]["sites"])}


def lua():
    """flat.toml as a profile of OSRM."""
    rules = tomllib.loads(FLAT.read_text())
    table = lambda pairs: "{" + ", ".join(f"[{json.dumps(key)}] = {value}" for key, value in pairs) + "}"
    yes = lambda values: table((value, "true") for value in values)
    return f"""
api_version = 4
local kmh = {table(rules["class_kmh"].items())}
local closed = {yes(rules["access"]["closed"])}
local round = {yes(rules["oneway"]["implied"]["junction"])}
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
        (work / "net.osm.pbf").symlink_to(net)
        rules = package / "share/profiles/car.lua"
        if profile == "flat":
            rules = work / "flat.lua"
            rules.write_text(lua())
        extract = ran(package / "bin/osrm-extract", "-t", 1, "-p", rules, "net.osm.pbf", cwd=work)
        contract = ran(package / "bin/osrm-contract", "-t", 1, "net.osrm", cwd=work)
        router = engine.OSRM(
            algorithm="CH", storage_config=str(work / "net.osrm"), use_shared_memory=False, max_locations_distance_table=-1
        )
        homes, sites = read_points(folder / "homes.csv"), read_points(folder / "sites.csv")
        query = engine.TableParameters(
            coordinates=homes + sites,
            sources=list(range(len(homes))),
            destinations=list(range(len(homes), len(homes) + len(sites))),
            annotations=["duration"],
            generate_hints=False,
        )
        took = []
        for _ in range(RUNS):
            start = cpu()
            answer = router.Table(query)
            took.append(cpu() - start)
        number = lambda value: value if isinstance(value, (int, float)) else None
        times = [[number(value) for value in row] for row in answer["durations"]]
    return {"extract_s": extract, "build_s": extract + contract, "table_s": statistics.median(took), "times": times}


def edges_of(net, rules):
    """Nodes and directed edges in seconds, by the rules of flat.toml."""
    where, edges = {}, []
    for way in ways(net):
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
            x = (blon - alon) * 111_320 * math.cos(math.radians((alat + blat) / 2))
            seconds = math.hypot(x, (blat - alat) * 111_200) / kmh * 3.6
            if oneway != "-1":
                edges.append((a, b, seconds))
            if not (oneway in ("yes", "1", "true") or implied) or oneway == "-1":
                edges.append((b, a, seconds))
    return where, edges


def pandana(net, folder, _):
    import numpy
    import pandana as engine
    import pandas

    start = cpu()
    where, edges = edges_of(net, tomllib.loads(FLAT.read_text()))
    nodes = pandas.DataFrame.from_dict(where, orient="index", columns=["x", "y"])
    frame = pandas.DataFrame(edges, columns=["a", "b", "s"])
    network = engine.Network(nodes.x, nodes.y, frame.a, frame.b, frame[["s"]], twoway=False)
    build = cpu() - start
    homes, sites = read_points(folder / "homes.csv"), read_points(folder / "sites.csv")
    start = cpu()
    home_ids, site_ids = [network.get_node_ids(*zip(*points)).to_numpy() for points in (homes, sites)]
    pairs = network.shortest_path_lengths(numpy.repeat(home_ids, len(sites)), numpy.tile(site_ids, len(homes)))
    table = cpu() - start
    # Where there is no way it says 4294967.295.
    return {"build_s": build, "table_s": table, "times": rows([None if s > 4e6 else s for s in pairs], len(sites))}


def valhalla(net, folder, _):
    import valhalla as engine

    with tempfile.TemporaryDirectory() as work:
        tiles = Path(work) / "tiles"
        tiles.mkdir()
        config = engine.get_config(tile_extract="", tile_dir=str(tiles), verbose=False)
        config["mjolnir"].update(concurrency=1, tile_extract="")
        # Files that are not there.
        for key in ("admin", "timezone", "landmarks", "transit_dir", "transit_feeds_dir"):
            config["mjolnir"].pop(key, None)
        # Its default, costmatrix, is 20 times slower and misses pairs.
        config["thor"]["source_to_target_algorithm"] = "timedistancematrix"
        most = ("max_matrix_location_pairs", "max_matrix_distance", "max_locations", "max_distance")
        config["service_limits"]["auto"].update(dict.fromkeys(most, 10**8))
        file = Path(work) / "config.json"
        file.write_text(json.dumps(config))
        build = ran(Path(engine.__file__).parent / "bin/valhalla_build_tiles", "-c", file, "-j", 1, net)
        actor = engine.Actor(config)
        place = lambda points: [{"lon": lon, "lat": lat} for lon, lat in points]
        homes, sites = place(read_points(folder / "homes.csv")), place(read_points(folder / "sites.csv"))
        took, times = 0.0, []
        for first in range(0, len(homes), 1000):
            query = json.dumps({"sources": homes[first : first + 1000], "targets": sites, "costing": "auto", "verbose": False})
            start = cpu()
            answer = actor.matrix(query)
            took += cpu() - start
            times += (answer if isinstance(answer, dict) else json.loads(answer))["sources_to_targets"]["durations"]
    return {"build_s": build, "table_s": took, "times": times}


def one(peer, net, folder):
    """One peer in this process, so that its memory is its own; its answer as JSON."""
    engine = {"osrm": osrm, "pandana": pandana, "valhalla": valhalla}[PEERS[peer][0]]
    answer = engine(net, folder, PEERS[peer][1])
    # Not ru_maxrss: that is the parent's, where the parent was larger.
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    answer["rss_mb"] = int(held.split()[1]) / 1024
    json.dump(answer, sys.stdout)


def theirs(peer, net, folder, python):
    """A peer's answer, or nothing where it is not installed."""
    if subprocess.run([python, "-c", f"import {PEERS[peer][0]}"], capture_output=True).returncode:
        return None
    command = [python, __file__, "--one", peer, "--roads", str(net), "--folder", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{peer} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout[done.stdout.index('{"'):])


def agreement(mine, other):
    """Ours over theirs: quantiles of the ratio, how many pairs are within 2 %, pairs that only one reaches."""
    pairs = [(a, b) for one, two in zip(mine, other) for a, b in zip(one, two)]
    ratios = sorted(a / b for a, b in pairs if a and b)
    at = lambda part: ratios[min(int(part * len(ratios)), len(ratios) - 1)] if ratios else float("nan")
    near = sum(abs(ratio - 1) <= 0.02 for ratio in ratios) / max(len(ratios), 1)
    only = [sum(a is not None and b is None for a, b in order) for order in (pairs, [(b, a) for a, b in pairs])]
    return f"{at(0.05):.3f}–{at(0.5):.4f}–{at(0.95):.3f} | {near:.1%} | {only[0]} / {only[1]}"


def outliers(mine, other, folder, low, high, count=12):
    """Pairs whose ratio is outside, each with its ends: for whoever asks which road it is."""
    homes, sites = read_points(folder / "homes.csv"), read_points(folder / "sites.csv")
    found = [
        (a / b, a, b, homes[h], sites[s])
        for h, (one, two) in enumerate(zip(mine, other))
        for s, (a, b) in enumerate(zip(one, two))
        if a and b and not low <= a / b <= high
    ]
    found.sort(key=lambda pair: pair[0])
    print(f"  outside {low}–{high}: {len(found)}")
    for ratio, a, b, home, site in found[:count] + found[count:][-count:]:
        print(f"  {ratio:.2f}: ours {a} s, theirs {b:.0f} s, from {home} to {site}")


def compare(net, options):
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        homes, sites = draw(net, options.homes, options.sites)
        write_points(folder / "homes.csv", homes)
        write_points(folder / "sites.csv", sites)
        for peer in options.peers:
            # One after the other, so that both see the same machine.
            line = theirs(peer, net, folder, options.python)
            if line is None:
                print(f"| {net.name} | {peer} | skipped: not installed |")
                continue
            own = ours(net, folder, PEERS[peer][1])
            extract = f" (extract {line['extract_s']:.2f})" if "extract_s" in line else ""
            print(
                f"| {net.name} | {peer} | {line['build_s']:.2f}{extract} | {line['table_s']:.3f} | {line['rss_mb']:.0f} "
                f"| {own['build_s']:.3f}, {own['table_s']:.4f}, {own['rss_mb']:.0f} "
                f"| {line['table_s'] / own['table_s']:.0f} | {agreement(own['times'], line['times'])} |",
                flush=True,
            )
            if options.outliers:
                outliers(own["times"], line["times"], folder, *options.outliers)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roads", type=Path, nargs="*", default=[], help="extracts, .osm.pbf")
    parser.add_argument("--python", default=sys.executable, help="the Python that has the peers (3.12 or later)")
    parser.add_argument("--homes", type=int, default=20_000)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    parser.add_argument("--outliers", type=float, nargs=2, metavar=("LOW", "HIGH"), help="show pairs whose ratio is outside")
    parser.add_argument("--one", choices=PEERS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    nets = [net.resolve() for net in options.roads if net.exists()]
    if options.one:
        return one(options.one, nets[0], options.folder)
    if not nets:
        return print("skipped: no data")
    print("| extract | engine | build_s | table_s | MB | ours: build_s, table_s, MB | table ratio | ours/theirs p5–p50–p95 | within 2 % | only ours / only theirs |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for net in nets:
        compare(net, options)


if __name__ == "__main__":
    main()
