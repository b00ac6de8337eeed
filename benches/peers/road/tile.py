#!/usr/bin/env python3
"""Tiles an extract: SIDE x SIDE copies beside each other, joined by a road from each to the next.

usage: tile.py FILE.osm.pbf SIDE OUT.osm.pbf (SIDE 2: 4 times as large, 4: 16 times); needs pip install osmium
"""
import sys

import osmium

# More than any id of OpenStreetMap.
COPY = 10**12


def main(source, side, out):
    things = list(osmium.FileProcessor(source))
    nodes = [thing for thing in things if thing.is_node()]
    west, east = min(n.lon for n in nodes), max(n.lon for n in nodes)
    south, north = min(n.lat for n in nodes), max(n.lat for n in nodes)
    main_road = next(t for t in things if t.is_way() and t.tags.get("highway") in ("primary", "secondary"))
    joint = main_road.nodes[0].ref
    copies = [(x, y) for y in range(side) for x in range(side)]
    with osmium.SimpleWriter(out, overwrite=True) as write:
        for number, (x, y) in enumerate(copies):
            for n in nodes:
                at = (n.lon + x * (east - west), n.lat + (y - side // 2) * (north - south))
                write.add_node(n.replace(id=n.id + number * COPY, location=at))
        for number in range(len(copies)):
            for w in (thing for thing in things if thing.is_way()):
                refs = [n.ref + number * COPY for n in w.nodes]
                write.add_way(w.replace(id=w.id + number * COPY, nodes=refs))
            if number:
                road = osmium.osm.mutable.Way(
                    id=number * COPY + COPY - 1,
                    nodes=[joint + (number - 1) * COPY, joint + number * COPY],
                    tags={"highway": "primary"},
                )
                write.add_way(road)
        for number in range(len(copies)):
            for r in (thing for thing in things if thing.is_relation()):
                members = [(m.type, m.ref + number * COPY, m.role) for m in r.members]
                write.add_relation(r.replace(id=r.id + number * COPY, members=members))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
