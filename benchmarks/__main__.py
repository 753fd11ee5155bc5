"""Run every measure and print one table: read ratios, not absolutes, for machines differ and are shared."""

import sys

from benchmarks import intake, sweeping

MEASURES = {"intake": intake.measure, "sweep": sweeping.measure}


def main(names: list[str]) -> None:
    print(f"{'measure':44} {'figure':>12}  unit")
    for name in names or list(MEASURES):
        for label, figure, unit in MEASURES[name]():
            print(f"{label:44} {figure:12,.2f}  {unit}")


if __name__ == "__main__":
    main(sys.argv[1:])
