#!/usr/bin/env python3
"""Rebuilds data/chinonais/timetable from a published feed: the trains of one line on two Tuesdays.

Keeps facts only, hours and names of stations, under identifiers of its own; what is assumed of the dates
stands in data/README.md. Standard library only:

    python3 data/build_trains.py FEED.zip [CHINONAIS_FOLDER]
"""

import csv
import datetime
import io
import pathlib
import sys
import zipfile

# The line, by its number, and its stations between Chinon and Tours: code in the feed -> our identifier.
LINE = "P21"
STATIONS = {
    "87571687": "chinon",
    "87571653": "rivarennes",
    "87571638": "azay-le-rideau",
    "87571612": "druye",
    "87571604": "ballan",
    "87571885": "joue-les-tours",
    "87571000": "tours",
}
# Our service -> the day whose trains it has.
DAYS = {"ecole": "20250311", "vacances": "20250211"}
# The school year of calendar.csv, and the September after it: sessions put off by holidays reach into it.
FIRST, LAST = datetime.date(2026, 9, 1), datetime.date(2027, 9, 30)


def table(feed, name):
    with zipfile.ZipFile(feed) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def station(stop_id):
    return STATIONS.get(stop_id[-8:])


def trips(feed):
    """Of each day: (train number, direction, calls) in the order of departure; a call is a row of stop_times.txt."""
    line = {route["route_id"] for route in table(feed, "routes.txt") if route["route_short_name"] == LINE}
    dates = table(feed, "calendar_dates.txt")
    runs = {(row["service_id"], row["date"]) for row in dates if row["exception_type"] == "1"}
    all_trips = [trip for trip in table(feed, "trips.txt") if trip["route_id"] in line]
    calls = {trip["trip_id"]: [] for trip in all_trips}
    for row in table(feed, "stop_times.txt"):
        if row["trip_id"] in calls and station(row["stop_id"]):
            calls[row["trip_id"]].append(row)
    for service, date in DAYS.items():
        found = []
        for trip in all_trips:
            at = sorted(calls[trip["trip_id"]], key=lambda row: int(row["stop_sequence"]))
            if len(at) >= 2 and (trip["service_id"], date) in runs:
                found.append((at[0]["departure_time"], trip["trip_headsign"], trip["direction_id"], at))
        yield service, sorted(found, key=lambda one: one[:3])


def days():
    day = FIRST
    while day <= LAST:
        yield day
        day += datetime.timedelta(days=1)


def calendar(path):
    """Days without class, and bank holidays."""
    held = {"holiday": set(), "bank_holiday": set()}
    with open(path, encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            first, last = (datetime.date.fromisoformat(row[end]) for end in ("start", "end"))
            held[row["kind"]].update(day for day in days() if first <= day <= last)
    return held["holiday"], held["bank_holiday"]


def exceptions(holidays, bank_holidays):
    """`ecole` is Monday to Friday but for these days; `vacances` is these days."""
    for day in days():
        if day.weekday() < 5 and (day in holidays or day in bank_holidays):
            yield "ecole", f"{day:%Y%m%d}", 2
            if day not in bank_holidays:
                yield "vacances", f"{day:%Y%m%d}", 1


def main(feed, folder):
    out = folder / "timetable"
    out.mkdir(exist_ok=True)

    def write(name, header, rows):
        with open(out / name, "w", encoding="utf-8", newline="") as text:
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(header.split(","))
            writer.writerows(rows)

    stops = {station(stop["stop_id"]): stop for stop in table(feed, "stops.txt") if station(stop["stop_id"])}
    first, last = f"{FIRST:%Y%m%d}", f"{LAST:%Y%m%d}"
    site = "https://www.sncf.com"
    write(
        "agency.txt",
        "agency_id,agency_name,agency_url,agency_timezone",
        [("sncf", "SNCF Voyageurs", site, "Europe/Paris")],
    )
    write(
        "feed_info.txt",
        "feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version",
        [("maillage (horaires SNCF Voyageurs du printemps 2025)", site, "fr", first, last, "2025-01-22")],
    )
    write(
        "routes.txt",
        "route_id,agency_id,route_short_name,route_long_name,route_type",
        [(LINE, "sncf", LINE, "Tours - Chinon", 2)],
    )
    points = {name: [f"{float(stops[name][c]):.5f}" for c in ("stop_lat", "stop_lon")] for name in STATIONS.values()}
    write(
        "stops.txt",
        "stop_id,stop_name,stop_lat,stop_lon",
        [(name, stops[name]["stop_name"], *at) for name, at in points.items()],
    )
    write(
        "calendar.txt",
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
        [("ecole", 1, 1, 1, 1, 1, 0, 0, first, last)],
    )
    write("calendar_dates.txt", "service_id,date,exception_type", exceptions(*calendar(folder / "calendar.csv")))
    told, times = [], []
    for service, trains in trips(feed):
        for _, number, direction, calls in trains:
            trip = f"{service}-{number}"
            told.append((trip, LINE, service, stops[station(calls[-1]["stop_id"])]["stop_name"], number, direction))
            for at, call in enumerate(calls):
                kept = (call[column] for column in ("arrival_time", "departure_time", "pickup_type", "drop_off_type"))
                times.append((trip, at, station(call["stop_id"]), *kept))
    write("trips.txt", "trip_id,route_id,service_id,trip_headsign,trip_short_name,direction_id", told)
    columns = "trip_id,stop_sequence,stop_id,arrival_time,departure_time,pickup_type,drop_off_type"
    write("stop_times.txt", columns, times)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    shipped = pathlib.Path(__file__).parent / "chinonais"
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]) if len(sys.argv) == 3 else shipped)
