#!/usr/bin/env python3
"""Writes data/instances/canton.json: a small invented canton, format groups/1. Usage: build_instance.py OUT.json"""
import json
import math
import random
import sys

SITES = [("bourg", 0, 0, "existing", 3), ("gare", 11, 3, "existing", 2), ("moulin", 5, 12, "candidate", 2)]
SLOTS = ["lundi-matin", "mardi-matin", "jeudi-apres-midi"]
PROGRAMMES = [("cej", 5, 8, 10), ("code-de-la-route", 4, 6, 8)]
# Kilometres an hour and the share of youths who have nothing better.
SPEEDS = [(45, 0.35), (30, 0.20), (14, 0.20), (4.5, 0.25)]
LIMIT = 45  # minutes


def drawn(rng, shares):
    """An item drawn by its share. Only random() is used: its numbers are the same in every Python."""
    left = rng.random()
    for item, share in shares:
        left -= share
        if left < 0:
            return item
    return shares[-1][0]


def youth(rng, number, options):
    x, y, speed = 16 * rng.random() - 3, 16 * rng.random() - 2, drawn(rng, SPEEDS)
    wanted = drawn(rng, [((0,), 0.5), ((1,), 0.3), ((0, 1), 0.2)])
    free = [slot for slot in range(len(SLOTS)) if rng.random() < 0.75]
    reach = []
    for index, option in enumerate(options):
        km = 1.3 * math.dist((x, y), SITES[option["s"]][1:3])
        minutes = math.ceil(60 * km / speed)
        if option["p"] in wanted and option["t"] in free and minutes <= LIMIT:
            reach.append([index, max(1, minutes)])
    return {"id": f"y{number:02d}", "w": 2 if rng.random() < 0.1 else 1, "reach": reach}


def instance():
    rng = random.Random(7)
    options = [
        {"p": p, "s": s, "t": t, "cost": 120 + 20 * s + 10 * p, "kmax": 1}
        for s in range(len(SITES))
        for p in range(len(PROGRAMMES))
        for t in range(len(SLOTS))
    ]
    return {
        "format": "groups/1",
        "name": "canton",
        "programmes": [{"id": i, "min": a, "target": b, "max": c} for i, a, b, c in PROGRAMMES],
        "sites": [
            {"id": i, "kind": kind, "open_cost": 300 if kind == "candidate" else 0, "budget": budget}
            for i, _, _, kind, budget in SITES
        ],
        "slots": [{"id": slot} for slot in SLOTS],
        "rooms": [[1] * len(SLOTS), [1] * len(SLOTS), [1] * len(SLOTS)],
        "budget": 6,
        "max_candidates": 1,
        "options": options,
        "youths": [youth(rng, number, options) for number in range(48)],
        "objective": ["placed", "cost", "off_target", "minutes"],
    }


def lines(value):
    """JSON with one item of each list a line, so that a difference can be read."""
    parts = []
    for key, item in value.items():
        if isinstance(item, list) and item and isinstance(item[0], (dict, list)):
            rows = ",\n".join("  " + json.dumps(row) for row in item)
            parts.append(f'"{key}": [\n{rows}\n]')
        else:
            parts.append(f'"{key}": {json.dumps(item)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write(lines(instance()))
