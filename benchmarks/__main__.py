"""Run every measure and print one table: read ratios, not absolutes, for machines differ and are shared."""

import sys

from benchmarks import boards, delivering, groups, intake, learning, sweeping

MEASURES = {
    "intake": intake.measure,
    "sweep": sweeping.measure,
    "board": boards.measure,
    "groups": groups.measure,
    "delivering": delivering.measure,
    "learning": learning.measure,
}


def main(names: list[str]) -> None:
    print(f"{'measure':60} {'figure':>12}  unit")
    for name in names or list(MEASURES):
        for label, figure, unit in MEASURES[name]():
            print(f"{label:60} {figure:12,.3f}  {unit}")


if __name__ == "__main__":
    main(sys.argv[1:])
