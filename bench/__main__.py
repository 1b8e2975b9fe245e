"""`python -m bench`: prints one table. Each benchmark runs in a process of its own, with a home of its own.

`python -m bench house` prints the size of the program and its walks instead.
`python -m bench reference` and `python -m bench model` print docs/reference.md and docs/data-model.svg (`make docs`),
`python -m bench environment` deploy/byname.env.example.
`python -m bench load` measures a served site and desk under load that rises (`make load`, docs/capacity.md).
`python -m bench names FILE` and `python -m bench pairs FILE` measure how names are found (bench.names).
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

import msgspec

from bench.figures import Figure, table

# What is measured, in the order of the table.
NAMES = ("pages", "public", "read", "import", "save", "search", "restart", "backup")
NAMES_COMMANDS = ("names", "pairs")
QUICK = {"n": 10_000, "rows": 1_000, "cases": 500, "people": 1_000}


def options() -> argparse.Namespace:
    """Return what was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--n", type=int, default=100_000, help="published profiles (public)")
    parser.add_argument("--rows", type=int, default=10_000, help="rows of the sheet (read, import)")
    parser.add_argument("--cases", type=int, default=20_000, help="cases (save, backup)")
    parser.add_argument("--people", type=int, default=20_000, help="published profiles in the index (search)")
    parser.add_argument("--database", default="", help="a PostgreSQL server's address: a new database of it each time")
    parser.add_argument("--only", action="append", choices=NAMES, help="one of them; may be repeated")
    parser.add_argument("--quick", action="store_true", help="small numbers: a look, not a measurement")
    parser.add_argument("--as-json", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.quick:
        vars(given).update(QUICK)
    return given


def measured(name: str, given: argparse.Namespace) -> list[Figure]:
    """Run one benchmark in this process."""
    from bench import backing_up, importing, pages, public, reading_sheets, restarting, saving, searching

    run: dict[str, Callable[[], list[Figure]]] = {
        "pages": lambda: pages.measure(n=given.n, database=given.database),
        "public": lambda: public.measure(n=given.n, database=given.database),
        "read": lambda: reading_sheets.measure(rows=given.rows),
        "import": lambda: importing.measure(rows=given.rows, database=given.database),
        "save": lambda: saving.measure(cases=given.cases, database=given.database),
        "search": lambda: searching.measure(n=given.people, database=given.database),
        "restart": restarting.measure,
        "backup": lambda: backing_up.measure(cases=given.cases, database=given.database),
    }
    return run[name]()


def apart(name: str, given: argparse.Namespace) -> list[Figure]:
    """Run one benchmark in a process of its own. Raises CalledProcessError where it fails."""
    asked = [f"--{option}={getattr(given, option)}" for option in (*QUICK, "database")]
    command = [sys.executable, "-m", "bench", "--as-json", "--only", name, *asked]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=list[Figure])


def main() -> None:
    """Print the table, or (for the process that asked) the figures of one benchmark as one line of JSON."""
    if sys.argv[1:] == ["house"]:
        from bench import house

        print(house.report())
        return
    if sys.argv[1:] == ["environment"]:
        from bench import reference

        print(reference.environment(), end="")
        return
    if sys.argv[1:] in (["reference"], ["model"]):
        from bench import model, reference

        app = reference.an_app()
        print(reference.text(app) if sys.argv[1] == "reference" else model.svg(), end="")
        return
    if sys.argv[1:2] and sys.argv[1] in NAMES_COMMANDS:
        from bench.names import commands

        commands(prog_name="python -m bench")
    if sys.argv[1:2] == ["load"]:
        from bench import load

        load.main(sys.argv[2:])
        return
    given = options()
    if given.as_json:
        figures = measured(given.only[0], given)
        print(msgspec.json.encode(figures).decode())
        return
    figures, started = [], perf_counter()
    for name in given.only or NAMES:
        print(f"measuring {name} ... (load {os.getloadavg()[0]:.1f})", file=sys.stderr, flush=True)
        figures += apart(name, given)
    print(table(figures))
    cores, minutes = os.cpu_count(), (perf_counter() - started) / 60
    print(
        f"\nPython {platform.python_version()}, {'PostgreSQL' if given.database else 'SQLite'}, {cores} cores, "
        f"load {os.getloadavg()[0]:.1f} at the end, {minutes:.0f} minutes. "
        f"Above a load of {cores} the machine was busy: trust ratios and processor time only."
    )


if __name__ == "__main__":
    main()
