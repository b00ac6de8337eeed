#!/usr/bin/env python3
"""Tiles an extract: SIDE x SIDE copies beside each other, joined by a road from each to the next.

usage: tile.py FILE.osm.pbf SIDE OUT.osm.pbf (SIDE 2: 4 times as large, 4: 16 times); needs pip install osmium
"""
import sys

import osmium

# More than any id of OpenStreetMap.
COPY = 10**12


def main(source, side, out):
    nodes, ways, relations = [], [], []
    for thing in osmium.FileProcessor(source):
        tags = dict(thing.tags)
        if thing.is_node():
            nodes.append((thing.id, thing.lon, thing.lat, tags))
        elif thing.is_way():
            ways.append((thing.id, [node.ref for node in thing.nodes], tags))
        else:
            relations.append((thing.id, [(m.type, m.ref, m.role) for m in thing.members], tags))
    lons, lats = [n[1] for n in nodes], [n[2] for n in nodes]
    width, height = max(lons) - min(lons), max(lats) - min(lats)
    joint = next(refs[0] for _, refs, tags in ways if tags.get("highway") in ("primary", "secondary"))
    made = osmium.osm.mutable
    with osmium.SimpleWriter(out, overwrite=True) as file:
        for copy in range(side * side):
            x, y = copy % side * width, (copy // side - side // 2) * height
            for id, lon, lat, tags in nodes:
                file.add_node(made.Node(id=id + copy * COPY, location=(lon + x, lat + y), tags=tags))
        for copy in range(side * side):
            for id, refs, tags in ways:
                file.add_way(made.Way(id=id + copy * COPY, nodes=[ref + copy * COPY for ref in refs], tags=tags))
            if copy:
                ends = [joint + (copy - 1) * COPY, joint + copy * COPY]
                file.add_way(made.Way(id=(copy + 1) * COPY - 1, nodes=ends, tags={"highway": "primary"}))
        for copy in range(side * side):
            for id, members, tags in relations:
                there = [(kind, ref + copy * COPY, role) for kind, ref, role in members]
                file.add_relation(made.Relation(id=id + copy * COPY, members=there, tags=tags))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
