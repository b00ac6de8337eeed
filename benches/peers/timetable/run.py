#!/usr/bin/env python3
"""Runs maillage and timetable engines on the same feeds and pairs and prints a table. See README.md."""
import argparse
import csv
import io
import json
import math
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
# Each feed: its file, a Tuesday, and what our bench calls it.
FEEDS = [
    ("sncf-ter-2025-01-22.zip", date(2025, 3, 25), "TER France"),
    ("transcollines-2026-04.zip", date(2026, 5, 12), "Transcollines"),
]
LEAVE_H, TRANSFERS, CAP_MIN, DAY_MIN = 6, 6, 4 * 60, 18 * 60
RUNS = 3
NEARBY_M = 300
KINDS = ("equal", "neither", "ours earlier", "theirs earlier", "only ours", "only theirs")


class Feed:
    """A feed's stations that have service on the day, and pairs of them: the same in each run."""

    def __init__(self, path, day, name, count):
        self.path, self.day, self.name = path, day, name
        self.archive = zipfile.ZipFile(path)
        self.zone = ZoneInfo(next(self.rows("agency.txt"))["agency_timezone"])
        stops = {row["stop_id"]: row for row in self.rows("stops.txt")}
        station = {stop: row.get("parent_station") or stop for stop, row in stops.items()}
        trips = self.trips()
        served = {station[row["stop_id"]] for row in self.rows("stop_times.txt") if row["trip_id"] in trips}
        chance, drawn = random.Random(1), sorted(served)
        self.pairs = [tuple(chance.sample(drawn, 2)) for _ in range(count)]
        self.stops = stops

    def rows(self, table):
        if table not in self.archive.namelist():
            return iter(())
        return csv.DictReader(io.TextIOWrapper(self.archive.open(table), "utf-8-sig"))

    def at(self, stop):
        return float(self.stops[stop]["stop_lon"]), float(self.stops[stop]["stop_lat"])

    def namesakes(self, stop):
        """Where the stops of its name nearby are, as the other side of the street: what nigiri takes as equivalent."""
        name = self.stops[stop]["stop_name"]
        places = {self.at(other) for other, row in self.stops.items() if row["stop_name"] == name and row["stop_lon"]}
        return sorted(place for place in places if metres(place, self.at(stop)) <= NEARBY_M)

    def trips(self):
        """The trips that run on the day."""
        today, weekday = self.day.strftime("%Y%m%d"), self.day.strftime("%A").lower()
        runs = lambda row: row[weekday] == "1" and row["start_date"] <= today <= row["end_date"]
        services = {row["service_id"] for row in self.rows("calendar.txt") if runs(row)}
        for row in self.rows("calendar_dates.txt"):
            if row["date"] == today:
                (services.add if row["exception_type"] == "1" else services.discard)(row["service_id"])
        return {row["trip_id"] for row in self.rows("trips.txt") if row["service_id"] in services}


def metres(a, b):
    return math.hypot((a[0] - b[0]) * math.cos(math.radians(a[1])), a[1] - b[1]) * 111_200


def peak_mb():
    # Not ru_maxrss: that is the parent's, where the parent was larger.
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(held.split()[1]) / 1024


def nigiri(task):
    """nigiri in this process, so that its memory is its own."""
    import pynigiri as engine

    day = date.fromisoformat(task["date"])
    source = engine.TimetableSource("feed", task["feed"])
    begun = time.process_time()
    timetable = engine.load_timetable([source], str(day - timedelta(days=1)), str(day + timedelta(days=2)))
    answer = {"load_s": time.process_time() - begun, "rss_mb": peak_mb()}
    midnight = task["midnight"] // 60

    def ask(ends, most):
        query = engine.Query()
        query.start_time = midnight + task["leave_h"] * 60
        start, end = (engine.Offset(timetable.find_location(stop), 0, 0) for stop in ends)
        query.start, query.destination = [start], [end]
        query.start_match_mode = query.dest_match_mode = engine.LocationMatchMode.EQUIVALENT
        query.max_transfers, query.max_travel_time = task["transfers"], most
        before = time.thread_time()
        journeys = engine.route(timetable, query)
        return (time.thread_time() - before) * 1e6, journeys

    def asked(most):
        return statistics.median(ask(ends, most)[0] for _ in range(task["runs"]) for ends in task["pairs"])

    answer["pair_us"], answer["capped_us"] = asked(task["day_min"]), asked(task["cap_min"])
    best = [min(ask(ends, task["day_min"])[1], key=lambda one: one.arrival_time(), default=None) for ends in task["pairs"]]
    answer["arrive_s"] = [one and (one.arrival_time() - midnight) * 60 for one in best]
    answer["legs"] = [one and [legs_of(timetable, midnight, leg) for leg in one.legs] for one in best]
    return answer


def legs_of(timetable, midnight, leg):
    ends = [timetable.get_location_name(getattr(leg, end)) for end in ("from", "to")]
    return f"{clock((leg.dep_time - midnight) * 60)} {ends[0]} > {ends[1]} {clock((leg.arr_time - midnight) * 60)}"


def task_of(feed):
    midnight = datetime(feed.day.year, feed.day.month, feed.day.day, tzinfo=feed.zone)
    return {
        **{"feed": str(feed.path), "date": str(feed.day), "midnight": int(midnight.timestamp())},
        **{"leave_h": LEAVE_H, "transfers": TRANSFERS, "cap_min": CAP_MIN, "day_min": DAY_MIN, "runs": RUNS},
        "pairs": feed.pairs,
    }


def run(command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    return done.stdout


def medians(runs):
    """Each figure's median over some processes, and the answers of one."""
    number = lambda key: all(isinstance(answer[key], (int, float)) for answer in runs)
    return {key: statistics.median(a[key] for a in runs) if number(key) else runs[0][key] for key in runs[0]}


def theirs(peer, feed, options):
    """A peer's answer, each time from a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        task = Path(scratch) / "task.json"
        task.write_text(json.dumps(task_of(feed)))
        if peer == "nigiri":
            ask = lambda: run([options.python, __file__, "--one", task])
        else:
            # From the standard input, so that its modules are those of the folder.
            code = (HERE / "minotor.mjs").read_text()
            ask = lambda: run(["node", "--input-type=module", "-", task], input=code, cwd=options.minotor)
        return medians([json.loads(ask().splitlines()[-1]) for _ in range(RUNS)])


def installed(peer, options):
    """Whether a peer can be run."""
    if peer == "nigiri":
        check, folder = [options.python, "-c", "import pynigiri"], None
    else:
        check, folder = ["node", "--input-type=module", "-e", "import 'minotor'"], options.minotor
    found = shutil.which(check[0]) and not subprocess.run(check, capture_output=True, cwd=folder).returncode
    if not found:
        print(f"{peer}: skipped: not installed")
    return bool(found)


def write_points(path, points):
    with open(path, "w", newline="") as file:
        out = csv.writer(file)
        out.writerow(["id", "lon", "lat"])
        out.writerows((number, *point) for number, point in enumerate(points))


def times(feed, origins, targets, options):
    """Our command. One leaves the site for home, so that origins are sites."""
    with tempfile.TemporaryDirectory() as scratch:
        homes, sites = Path(scratch) / "homes.csv", Path(scratch) / "sites.csv"
        write_points(sites, origins)
        write_points(homes, targets)
        command = [options.maillage, "times", "--timetable", feed.path, "--homes", homes, "--sites", sites]
        command += ["--date", feed.day, "--arrive-by", "09:00", "--leave-after", f"{LEAVE_H:02}:00"]
        command += ["--walk-km", "0.05", "--rides", TRANSFERS + 1, "--threads", "1", "--json"]
        return json.loads(run(command))


def seconds(told):
    """A clock time as seconds from midnight."""
    if told is None:
        return None
    hours, minutes, rest = (int(part) for part in told.split(":"))
    return hours * 3600 + minutes * 60 + rest


def clock(at):
    return "–" if at is None else f"{at // 3600:02}:{at // 60 % 60:02}"


def arrivals(feed, places, options):
    """The earliest arrival of each pair, from any place of its origin to any of its target."""
    origins, targets = ([(number, at) for number, pair in enumerate(feed.pairs) for at in places(pair[end])] for end in (0, 1))
    best = [None] * len(feed.pairs)
    for row in times(feed, [at for _, at in origins], [at for _, at in targets], options)["rows"]:
        (number, _), (other, _), arrive = origins[int(row["site"])], targets[int(row["home"])], seconds(row["back_arrive"])
        if number == other and arrive is not None:
            best[number] = min(arrive, best[number] or arrive)
    return best


def ours(feed, options):
    """Reading, from runs that do little else."""
    origin, target = feed.pairs[0]
    return medians([times(feed, [feed.at(origin)], [feed.at(target)], options) for _ in range(RUNS)])


def benched(text):
    """The lines of our bench, by feed."""
    figures, name = {}, None
    for line in text.splitlines():
        if head := re.match(r"(\w[^:]*): \d+ stops", line):
            name = head[1]
            figures[name] = {}
        elif found := re.match(r"  (\w[\w ,]*?)\s+(?:one to all\s+)?([\d.]+) (?:ms|us)", line):
            if not found[1].startswith("13 days"):
                figures[name][found[1]] = float(found[2])
        if found := re.match(r"  13 days ready in ([\d.]+) ms; \d+ searches, ([\d.]+) us each", line):
            figures[name].update({"ready": float(found[1]), "each": float(found[2])})
    return figures


def agreement(feed, mine, peer, told):
    """How many arrivals are the same minute, and which differ how. Who arrives after the peers' 18 h doesn't arrive."""
    latest = (LEAVE_H * 60 + DAY_MIN) * 60
    minute = lambda at: None if at is None or at > latest else at // 60
    kinds = dict.fromkeys(KINDS, 0)
    for number, (a, b) in enumerate(zip(mine, peer["arrive_s"])):
        x, y = minute(a), minute(b)
        if x is None or y is None:
            kind = "neither" if x == y else "only ours" if y is None else "only theirs"
        else:
            kind = "equal" if x == y else "ours earlier" if x < y else "theirs earlier"
        kinds[kind] += 1
        if told and kind not in ("equal", "neither"):
            ends, legs = " to ".join(feed.pairs[number]), peer["legs"][number] if "legs" in peer else None
            print(f"{kind}: {ends}: ours {clock(a)}, theirs {clock(b)} {'; '.join(legs or [])}", file=sys.stderr)
    return " / ".join(str(count) for count in kinds.values())


def over(a, b):
    return a / b if a and b else None


def column(feed, options, peers, figures):
    """Label: (number or text, how it is written), for one feed."""
    mine, bench = ours(feed, options), figures.get(feed.name, {})
    said = {peer: theirs(peer, feed, options) if peer in peers else {} for peer in ("nigiri", "minotor")}
    his, other = said["nigiri"], said["minotor"]
    to, all_day, back = (bench.get(key) for key in ("To, within 4 h", "To, all day", "Back, all day"))
    each, ready = bench.get("each"), bench.get("ready")
    cells = {}
    for name, answer in (("nigiri", his), ("minotor", other), ("maillage", mine)):
        cells[f"{name}: load, CPU s"] = (answer.get("load_s"), ".3f")
        cells[f"{name}: loaded, peak MB"] = (answer.get("rss_mb"), ".0f")
    cells["nigiri: a pair, depart-at, 18 h, µs"] = (his.get("pair_us"), ",.0f")
    cells["nigiri: a pair, depart-at, 4 h, µs"] = (his.get("capped_us"), ",.0f")
    cells["minotor: a pair, depart-at, µs"] = (other.get("pair_us"), ",.0f")
    cells["minotor: one to all, depart-at, µs"] = (other.get("all_us"), ",.0f")
    cells["maillage: one to all, arrive-by, 4 h, µs"] = (to, ".1f")
    cells["maillage: one to all, arrive-by, all day, µs"] = (all_day, ".1f")
    cells["maillage: one to all, depart-at, all day, µs"] = (back, ".1f")
    cells["maillage: a service day, ms"] = (bench.get("a service day"), ".2f")
    cells["maillage: 13 Tuesdays × both ways × a site, ms"] = (each and 26 * each / 1e3, ".2f")
    cells["the same with the 13 service days, ms"] = (each and 26 * each / 1e3 + ready, ".1f")
    cells["nigiri's pair, 4 h, over our one to all, 4 h"] = (over(his.get("capped_us"), to), ".0f")
    cells["nigiri's pair, 18 h, over our one to all, all day"] = (over(his.get("pair_us"), all_day), ".0f")
    cells["minotor's one to all over ours, all day"] = (over(other.get("all_us"), all_day), ",.0f")
    cells["nigiri's pair, 18 h, over our one to all, both depart-at"] = (over(his.get("pair_us"), back), ".0f")
    cells["minotor's one to all over ours, both depart-at"] = (over(other.get("all_us"), back), ",.0f")
    cells["nigiri's load over ours"] = (over(his.get("load_s"), mine["load_s"]), ".1f")
    cells["our peak memory over nigiri's"] = (over(mine["rss_mb"], his.get("rss_mb")), ".2f")
    doors = {"": lambda stop: [feed.at(stop)], ", from and to namesakes": feed.namesakes}
    for which, places in doors.items():
        arrive = arrivals(feed, places, options)
        for name, answer in said.items():
            told = agreement(feed, arrive, answer, options.differences) if answer else None
            cells[f"arrivals, ours and {name}'s{which}: {' / '.join(KINDS)}"] = (told, "")
    return cells


def report(columns):
    print("\n| | " + " | ".join(columns) + " |\n|---" + "|---:" * len(columns) + "|")
    for label in next(iter(columns.values())):
        cells = (cells[label] for cells in columns.values())
        print(f"| {label} | " + " | ".join("n/a" if value is None else format(value, how) for value, how in cells) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT / "../shared/data/timetables", help="the folder of feeds")
    parser.add_argument("--maillage", type=Path, default=ROOT / "target/release/maillage")
    parser.add_argument("--bench", type=Path, help="the built bench; cargo bench --bench timetable by default")
    parser.add_argument("--python", default=sys.executable, help="that has pynigiri")
    parser.add_argument("--minotor", type=Path, default=Path.cwd(), help="the folder where npm installed minotor")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--differences", action="store_true", help="tell each pair whose arrivals differ")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(nigiri(json.loads(options.one.read_text()))))
        return
    feeds = [(options.data / file, day, name) for file, day, name in FEEDS if (options.data / file).is_file()]
    if not feeds:
        print("skipped: no data")
        return
    if not options.maillage.exists():
        sys.exit("maillage is not built: cargo build --release")
    peers = [peer for peer in ("nigiri", "minotor") if installed(peer, options)]
    bench = [options.bench.resolve()] if options.bench else ["cargo", "bench", "--bench", "timetable"]
    benches = [benched(run(bench, cwd=ROOT)) for _ in range(RUNS)]
    figures = {name: medians([one[name] for one in benches]) for name in benches[0]}
    report({name: column(Feed(path.resolve(), day, name, options.pairs), options, peers, figures) for path, day, name in feeds})


if __name__ == "__main__":
    main()
