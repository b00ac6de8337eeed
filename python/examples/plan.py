"""The groups that a territory makes possible: `python plan.py [FOLDER]`. Writes nothing."""

import sys
from pathlib import Path

import maillage

VALLEY = Path(__file__).parents[2] / "data" / "valley"


def main(folder: Path) -> None:
    territory = maillage.Territory.read(folder, lang="en")
    plan = territory.plan()
    for group in plan.groups.to_dicts():
        half_days = ", ".join(group["slots"])
        print(f"{group['programme']} at {group['site']} on {half_days} from {group['start']}: {group['members']} members")
    print(f"without a place: {len(plan.left_out)}")

    shorter = territory.edit(limit_min=20).plan()
    print(f"groups if nobody travelled more than 20 minutes: {len(shorter.groups)} instead of {len(plan.groups)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else VALLEY)
