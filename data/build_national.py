#!/usr/bin/env python3
"""Rebuilds data/national: three structures of Touraine and the communes around them, from data/reference.

Whose the facts are, and what is assumed, stands in data/README.md. Standard library only:

    python3 build_national.py [OUTPUT_FOLDER]
"""

import csv
import gzip
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
# Identifier, name, commune of the seat, and the intercommunalities that are taken for its perimeter.
STRUCTURES = [
    ("amboise", "Mission Locale Loire Touraine", "37003", ["200043065", "243700499", "243700820"]),
    ("chinon", "Mission Locale du Chinonais", "37072", ["200043081", "200072668", "200072981"]),
    ("loches", "Mission Locale Sud Touraine", "37132", ["200071587"]),
]


def rows(name, opened):
    with opened(HERE / "reference" / name, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";" if "france" in name else ","))


def write(folder, name, header, lines):
    with open(folder / name, "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(lines)


def main():
    folder = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "national"
    folder.mkdir(parents=True, exist_ok=True)
    names = {row["insee_code"]: row["name"] for row in rows("communes.csv", open)}
    whose = {epci: structure[0] for structure in STRUCTURES for epci in structure[3]}
    communes = [row for row in rows("france.csv.gz", gzip.open) if row["epci_code"] in whose]
    fields = ("population", "lon", "lat")
    write(
        folder,
        "communes.csv",
        ["insee_code", "name", *fields],
        [[c["insee_code"], names[c["insee_code"]], *(c[field] for field in fields)] for c in communes],
    )
    write(folder, "structures.csv", ["id", "name", "insee_code"], [s[:3] for s in STRUCTURES])
    write(
        folder,
        "perimeters.csv",
        ["insee_code", "structure"],
        [[c["insee_code"], whose[c["epci_code"]]] for c in communes],
    )


if __name__ == "__main__":
    main()
