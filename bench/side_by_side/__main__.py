"""``python -m bench.side_by_side``: request rates of our server and its peers, which ``make bench`` installs.

All serve the same data, each with one process unless its name says otherwise. Their answers must be equal before any
is measured. Then wrk measures them in turn, round by round, over 16 connections on the same machine. Prints the median
and the spread of the rounds, and the ratios within each round.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median

from bench import hostile, prices
from bench.side_by_side import occupations, postgraphile, revalidation
from bench.side_by_side.answers import DifferentAnswer
from bench.side_by_side.cold_start import cold_starts
from bench.side_by_side.figures import (
    Growth,
    HalfLoad,
    Measurement,
    claimed,
    claims_table,
    growth_table,
    half_load_table,
    table_of,
)
from bench.side_by_side.processes import Running, running
from bench.side_by_side.servers import REFERENCE, ROOT, Places, Server, all_servers, chosen
from bench.side_by_side.sitting import Sitting
from bench.side_by_side.workloads import OUR_KEY, OUR_PAGE, OUR_SEARCH, WORKLOADS, Dialect, Workload
from server.settings import split_list
from tests.databases import running_server
from tests.server.processes import finish, start

DATA = ROOT / "bench" / "data"

_GROWTH = "g"
_GROWING = ("rolegraph cold", "rolegraph rows")
"""The servers whose cost is measured by the size of answers."""

_QUICK = ("rolegraph cold", "rolegraph rows", "rolegraph default", "mercurius", "fixed bytes")
"""The servers of ``--quick``: the fastest peer, and no database that has to be made first."""


@dataclass(frozen=True)
class Options:
    """The options of the command line."""

    rounds: int
    seconds: int
    only: Sequence[str]
    workloads: Sequence[Workload]
    growth: bool
    revalidation: bool
    half_load: bool
    quick: bool
    check: bool
    json: Path | None
    prices: bool
    hostile: bool
    cold_start: bool


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="python -m bench.side_by_side", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=1, help="seconds for each server in each round")
    parser.add_argument("--only", default="", help="only servers with these name prefixes: mercurius,rolegraph")
    parser.add_argument("--workloads", default="", help="only these workloads: a,b,e1; g is the cost by size")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="one round of a second, only of claims with a target, next to Mercurius on SQLite: two to three minutes",
    )
    parser.add_argument("--half-load", action="store_true", help="also measure at half of the rate that was measured")
    parser.add_argument("--check", action="store_true", help="only compare the answers")
    parser.add_argument("--prices", action="store_true", help="only measure fields next to what they cost")
    parser.add_argument("--hostile", action="store_true", help="only measure hostile documents: see bench.hostile")
    parser.add_argument("--cold-start", action="store_true", help="only measure how long the servers take to start")
    parser.add_argument("--json", type=Path, help="file to write all figures to")
    given = parser.parse_args(arguments)
    every = {workload.letter: workload for workload in WORKLOADS}
    known = [*every, _GROWTH, revalidation.WORKLOAD.letter]
    letters = split_list(given.workloads) or known
    if unknown := {*letters} - {*known}:
        parser.error(f"unknown workloads {', '.join(sorted(unknown))}: expected {', '.join(known)}")
    return Options(
        rounds=1 if given.quick else given.rounds,
        seconds=1 if given.quick else given.seconds,
        only=split_list(given.only) or (_QUICK if given.quick else ()),
        workloads=[
            workload for letter, workload in every.items() if letter in letters and (claimed(letter) or not given.quick)
        ],
        growth=_GROWTH in letters and not given.quick,
        revalidation=revalidation.WORKLOAD.letter in letters and not given.quick,
        half_load=given.half_load,
        quick=given.quick,
        check=given.check,
        json=given.json,
        prices=given.prices,
        hostile=given.hostile,
        cold_start=given.cold_start,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and measure, print the tables and return the exit status."""
    options = _options(arguments)
    if options.hostile:
        return hostile.main(["--json", str(options.json)] if options.json else [])
    if options.prices:
        DATA.mkdir(exist_ok=True)
        url = f"sqlite:///{DATA / 'rolegraph.sqlite3'}"
        _seed(url)
        prices.main(url)
        return 0
    if shutil.which("wrk") is None:
        sys.stderr.write("error: wrk is not installed: apt install wrk, or brew install wrk\n")
        return 1
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if options.cold_start:
            _print("Cold start", _cold_starts(stack, folder, options))
            return 0
        sitting, servers = _sit(stack, folder, options)
        if not options.check:
            measurements = _measured(sitting, servers, options)
            if options.revalidation:
                measurements += sitting.revalidation([one for one in servers if _revalidates(one.server)])
            growths = _growths(sitting, servers) if options.growth else []
            # Printed first, because a server that fails at half load ends the run.
            _report(measurements, growths, options)
            half_loads = _half_loads(sitting, servers, measurements) if options.half_load else []
            if half_loads:
                _print("At half load", half_load_table(half_loads))
            if options.json:
                _write(options.json, measurements, growths, half_loads)
    return 0


def _sit(stack: ExitStack, folder: Path, options: Options) -> tuple[Sitting, list[Running]]:
    """Start the chosen servers and check that their answers are equal."""
    places = _places(stack, folder, options)
    rows = occupations.read(places.sqlite)
    ours = Dialect(OUR_KEY, OUR_PAGE, OUR_SEARCH, occupations.cursors(rows))
    log = stack.enter_context((DATA / "servers.log").open("wb"))
    [reference] = [server for server in all_servers(places) if server.name == REFERENCE]
    first = stack.enter_context(running(reference, log))
    first.wait()
    places.fixed_bytes.write_bytes(first.ask(next(WORKLOADS[0].requests(ours, rows)).body))
    wanted = _wanted(places, options)
    others = [stack.enter_context(running(server, log)) for server in wanted if server != reference]
    for other in others:
        other.wait()
    own = {other.server.name: postgraphile.dialect(other) for other in others if other.server.own_schema}
    sitting = Sitting(rows, {"": ours} | own, folder, options.rounds, options.seconds)
    sitting.compare(first, others, options.workloads)
    return sitting, [first, *others] if reference in wanted else others


def _cold_starts(stack: ExitStack, folder: Path, options: Options) -> list[str]:
    repeated = replace(options, workloads=WORKLOADS[:1])
    places = _places(stack, folder, repeated)
    rows = occupations.read(places.sqlite)
    body = next(WORKLOADS[0].requests(Dialect(OUR_KEY, OUR_PAGE, OUR_SEARCH, ()), rows)).body
    log = stack.enter_context((DATA / "servers.log").open("wb"))
    # Those of constant bytes need a file that another server fills.
    servers = [server for server in _wanted(places, repeated) if not server.name.startswith("fixed bytes")]
    return cold_starts(servers, body, options.rounds, log)


def _wanted(places: Places, options: Options) -> list[Server]:
    return [
        server
        for server in chosen(all_servers(places), options.only)
        if any(_is_measured(server, workload, options) for workload in options.workloads)
        or (options.growth and server.name in _GROWING)
        or (options.revalidation and _revalidates(server))
    ]


def _revalidates(server: Server) -> bool:
    return revalidation.WORKLOAD.letter in server.workloads


def _is_measured(server: Server, workload: Workload, options: Options) -> bool:
    letter = workload.letter
    return letter in server.workloads and (not options.quick or server.name in claimed(letter))


def _places(stack: ExitStack, folder: Path, options: Options) -> Places:
    """Create the databases that the servers read."""
    DATA.mkdir(exist_ok=True)
    places = Places(DATA / "rolegraph.sqlite3", "", folder / "fixed bytes")
    _seed(f"sqlite:///{places.sqlite}")
    if any(server.on_postgresql for server in _wanted(places, options)):
        places = replace(places, postgresql=stack.enter_context(running_server()).new_url())
        _seed(places.postgresql)
        postgraphile.prepare(places.postgresql)
    return places


def _seed(url: str) -> None:
    """Store the bundled data unless it is stored."""
    status, _, error = finish(start("seed", DATABASE_URL=url))
    if status:
        raise RuntimeError(error)


def _measured(sitting: Sitting, servers: Sequence[Running], options: Options) -> list[Measurement]:
    measurements: list[Measurement] = []
    for workload in options.workloads:
        asked = [running for running in servers if _is_measured(running.server, workload, options)]
        for measurement in sitting.measure(workload, asked):
            measurements.append(measurement)
            rate = measurement.requests_per_second
            sys.stderr.write(f"{workload.letter} {measurement.round} {measurement.server}: {rate:,.0f}/s\n")
    return measurements


def _growths(sitting: Sitting, servers: Sequence[Running]) -> list[Growth]:
    growing = [running for running in servers if running.server.name in _GROWING]
    return [growth for running in growing for growth in sitting.growth(running)]


def _half_loads(sitting: Sitting, servers: Sequence[Running], measurements: Sequence[Measurement]) -> list[HalfLoad]:
    by_name = {running.server.name: running for running in servers}
    workloads = {workload.letter: workload for workload in WORKLOADS}
    rates: dict[tuple[str, str], list[float]] = {}
    for one in measurements:
        if one.workload in workloads:
            rates.setdefault((one.workload, one.server), []).append(one.requests_per_second)
    return [
        sitting.half_load(workloads[letter], by_name[name], median(found)) for (letter, name), found in rates.items()
    ]


def _report(measurements: Sequence[Measurement], growths: Sequence[Growth], options: Options) -> None:
    measured = {one.workload for one in measurements}
    for workload in (*options.workloads, revalidation.WORKLOAD):
        if workload.letter in measured:
            _print(f"({workload.letter}) {workload.title}", table_of(measurements, workload.letter))
    _print("Ratios", claims_table(measurements))
    if growths:
        _print("(g) cost by size", growth_table(growths))


def _write(
    path: Path, measurements: Sequence[Measurement], growths: Sequence[Growth], half_loads: Sequence[HalfLoad]
) -> None:
    figures = {
        "measurements": [asdict(measurement) for measurement in measurements],
        "growth": [asdict(growth) for growth in growths],
        "half_load": [asdict(one) for one in half_loads],
    }
    path.write_text(json.dumps(figures, indent=1))


def _print(title: str, lines: Sequence[str]) -> None:
    sys.stdout.writelines(f"{line}\n" for line in (f"\n### {title}\n", *lines))
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DifferentAnswer as different:
        sys.stderr.write(f"error: {different}\n")
        sys.exit(1)
