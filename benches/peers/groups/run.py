#!/usr/bin/env python3
"""Runs maillage and general solvers on the same instances and prints a table. See README.md."""
import argparse
import json
import math
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MAILLAGE = ROOT / "target/release/maillage"
FAMILIES = ("S Ms Mscand Msmulti Mstarget Mone minbind weaklpS weaklp1 symhard knapS Mmulti M Mmin minbindL Lone nat").split()
SHORT = 0.05


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def counted(function, spent):
    """The function, its CPU seconds added to what is spent."""

    def run(*arguments, **named):
        begun = cpu()
        try:
            return function(*arguments, **named)
        finally:
            spent[0] += cpu() - begun

    return run


def watch(peer, spent):
    """Makes a peer's own solve call, and nothing else, count."""
    if peer == "highs":
        import highspy

        highspy.Highs.run = counted(highspy.Highs.run, spent)
    elif peer == "cp-sat":
        from ortools.sat.python import cp_model

        cp_model.CpSolver.solve = counted(cp_model.CpSolver.solve, spent)
    else:
        from ortools.linear_solver import pywraplp

        pywraplp.Solver.Solve = counted(pywraplp.Solver.Solve, spent)


def python_peer(queue, folder, peer, path, tiers, limit):
    """One peer on one instance, in a process of its own, whose chatter is not part of the table."""
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.path.insert(0, str(folder))
    import model

    spent = [0.0]
    watch(peer, spent)
    solve = {"highs": model.solve_highs, "cp-sat": model.solve_cpsat, "scip": model.solve_scip}[peer]
    told, solution, _ = model.solve_split(solve, model.load(path), tiers, limit, 1)
    value, bound, status = told[-1][1:4]
    if status == "optimal":
        found = model.check(model.load(path), solution)[tiers[-1]]
        assert found == value, f"{peer} on {path}: {found} counted, {value} told"
    queue.put((spent[0], value, bound, status == "optimal"))


def run_python(folder, peer, path, tiers, limit):
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=python_peer, args=(queue, folder, peer, path, tiers, limit))
    process.start()
    ends = time.monotonic() + 3 * limit + 120
    while process.is_alive() and queue.empty() and time.monotonic() < ends:
        time.sleep(0.02)
    answer = queue.get() if not queue.empty() else (limit, None, None, False)
    if process.is_alive():
        process.join(5)
        process.kill()
    process.join()
    return answer


def run_command(command, timeout):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        return None
    lines = done.stdout.strip().splitlines()
    return json.loads(lines[-1]) if lines else None


def run_maillage(folder, path, tiers, limit):
    """Our own command. Only the tiers asked for are in the file."""
    with tempfile.TemporaryDirectory() as scratch:
        file, solution = Path(scratch) / "instance.json", Path(scratch) / "solution.json"
        instance = json.loads(Path(path).read_text())
        file.write_text(json.dumps({**instance, "objective": tiers}))
        command = [str(MAILLAGE), "solve", str(file), "--json", "--threads", "1"]
        command += ["--time-limit", str(limit), "--node-limit", "1000000000", "--solution", str(solution)]
        line = run_command(command, 3 * limit + 120)
        if line is None or not line["tiers"]:
            return limit, None, None, False
        sys.path.insert(0, str(folder))
        import model

        found = model.check(instance, json.loads(solution.read_text()))
        assert line["checked"] and all(found[t[0]] == t[1] for t in line["tiers"]), f"maillage on {path}"
        _, value, bound, status = line["tiers"][-1][:4]
        # Who gave up before the clock did was not starved.
        clocked = status == "optimal" or line["stopped"] == "time_limit"
        return line["cpu"] if clocked else limit, value, bound, status == "optimal"


def run_microlp(folder, path, tiers, limit):
    """microlp, by its own program, on the rows that the other peers get; tier placed only."""
    program = Path(__file__).parent / "microlp/target/release/peer"
    if tiers != ["placed"] or not program.exists():
        return None
    sys.path.insert(0, str(folder))
    import model

    total, value, left = 0.0, 0, limit
    for part, _ in model.split(model.load(path)):
        rows = microlp_rows(model, part)
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(rows, file)
            file.flush()
            line = run_command([str(program), file.name, str(max(left, 0.5))], 3 * limit + 120)
        if line is None:
            return limit, None, None, False
        total, left = total + line["cpu"], left - line["cpu"]
        if line["status"] != "optimal":
            return total, None, None, False
        value += line["value"]
    return total, value, value, True


def microlp_rows(model, part):
    aggregated = model.Agg(part, minutes=False)
    rows, disaggregated, candidates = model.rows_of(aggregated)
    if len(aggregated.arcs) <= model.DISAGG_MAX:
        rows = rows + disaggregated
    bounds = model.bounds_of(aggregated)
    bounds.update({("z", s): 1 for s in candidates})
    number = {name: i for i, name in enumerate(bounds)}
    _, objective = model.tier_terms(aggregated, "placed", candidates)
    return {
        "high": list(bounds.values()),
        "objective": [[number[v], a] for v, a in objective.items()],
        "rows": [[[[number[v], a] for v, a in terms.items()], low, high] for terms, low, high in rows],
    }


SOLVERS = {
    "maillage": run_maillage,
    "highs": lambda *a: run_python(a[0], "highs", *a[1:]),
    "scip": lambda *a: run_python(a[0], "scip", *a[1:]),
    "cp-sat": lambda *a: run_python(a[0], "cp-sat", *a[1:]),
    "microlp": run_microlp,
}


def cell(answer, limit):
    if answer is None:
        return "n/a"
    seconds, value, bound, proved = answer
    if proved:
        return f"{seconds:.3f}"
    if starved(answer, limit):
        return f"starved ({seconds:.1f} of {limit:g})"
    return f">{limit:g} ({'–' if value is None else value}/{'–' if bound is None else bound})"


def starved(answer, limit):
    """Whether the clock stopped a run that had too little of the processor: it says nothing."""
    return not answer[3] and answer[0] < 0.8 * limit


def mean(pairs):
    return math.exp(sum(math.log(theirs / ours) for ours, theirs in pairs) / len(pairs)) if pairs else None


def means(table, peer, limit):
    """CPU of a peer divided by ours, geometric mean; how many pairs, and how many hold a limit."""
    pairs, stopped = [], 0
    for answers in table.values():
        ours, theirs = answers.get("maillage"), answers.get(peer)
        if ours is None or theirs is None or not (ours[3] or theirs[3]):
            continue
        if starved(ours, limit) or starved(theirs, limit):
            continue
        seconds = [a[0] if a[3] else limit for a in (ours, theirs)]
        if max(seconds) >= SHORT:
            pairs.append([max(s, 0.0001) for s in seconds])
            stopped += not (ours[3] and theirs[3])
    return mean(pairs), len(pairs), stopped


def best(table, peers, limit):
    """The fastest of the peers on each instance, as a peer of its own; none where it could be one that was starved."""
    for answers in table.values():
        ran = [answers[p] for p in peers if answers.get(p)]
        proved = [a for a in ran if a[3]]
        if proved or (ran and not any(starved(a, limit) for a in ran)):
            answers["best peer"] = min(proved or ran, key=lambda a: a[0])


def disagreements(table):
    for name, answers in table.items():
        values = {peer: a[1] for peer, a in answers.items() if a and a[3]}
        if len(set(values.values())) > 1:
            yield f"{name}: {values}"


def report(table, solvers, limit):
    print("| instance | optimum | " + " | ".join(solvers) + " |")
    print("|---" * (len(solvers) + 2) + "|")
    for name, answers in table.items():
        optimum = next((a[1] for a in answers.values() if a and a[3]), "–")
        print(f"| {name} | {optimum} | " + " | ".join(cell(answers.get(s), limit) for s in solvers) + " |")
    print("\n| CPU of … over maillage's | geometric mean | pairs | with a limit |\n|---|---|---|---|")
    peers = [s for s in solvers if s != "maillage"]
    best(table, peers, limit)
    for peer in peers + ["best peer"]:
        ratio, count, stopped = means(table, peer, limit)
        print(f"| {peer} | {'–' if ratio is None else f'{ratio:.2f}'} | {count} | {stopped} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=ROOT / "../shared/peers/solver")
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--seeds", default="101,102,103")
    parser.add_argument("--solvers", default=",".join(SOLVERS))
    parser.add_argument("--tiers", default="placed")
    parser.add_argument("--limit", type=float, default=60, help="seconds for each run")
    a = parser.parse_args()
    if not (a.peers / "gen.py").is_file():
        print(f"skipped: no data at {a.peers}")
        return
    solvers, table = a.solvers.split(","), {}
    if "maillage" in solvers and not MAILLAGE.exists():
        sys.exit("maillage is not built: cargo build --release")
    with tempfile.TemporaryDirectory() as scratch:
        for family in a.families.split(","):
            for seed in a.seeds.split(","):
                path = f"{scratch}/{family}-{seed}.json"
                subprocess.run([sys.executable, a.peers / "gen.py", family, seed, path], check=True, stdout=subprocess.DEVNULL)
                row = table[f"{family}-{seed}"] = {}
                for solver in solvers:
                    row[solver] = SOLVERS[solver](a.peers, path, a.tiers.split(","), a.limit)
                    print(f"{family}-{seed} {solver} {cell(row[solver], a.limit)}", file=sys.stderr, flush=True)
    report(table, solvers, a.limit)
    wrong = list(disagreements(table))
    if wrong:
        sys.exit("two proofs differ:\n" + "\n".join(wrong))


if __name__ == "__main__":
    main()
