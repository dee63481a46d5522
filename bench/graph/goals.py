"""What the lines of one or two runs say of the goals: a table of figures and a list of goals, as Markdown.

python -m bench.graph.goals FILE [FILE of a larger community]
"""

import json
import sys
from pathlib import Path
from typing import Any

Run = dict[tuple[str, str, str], dict[str, Any]]  # by question, kind and design

# Question, kind, the other design, at most so many times as slow as it (or at least so many times as fast).
NO_SLOWER = (
    ("P1", "badges_25", "ordinary", 6.0),
    ("P1", "badges_and_mutuals_25", "ordinary", 6.0),
    ("P2", "second_degree", "ordinary", 4.5),
    ("P3", "introducers", "ordinary", 3.0),
    ("P4", "path", "ordinary", 6.0),
)
FASTER = (
    ("P1", "badges_and_mutuals_25", "ordinary", 1.4),
    ("P2", "second_degree", "ordinary", 30.0),
    ("P3", "introducers", "ordinary", 7.0),
)
PAGES_A_SECOND = {200_000: 300, 1_000_000: 150}
GROWTH = 3.0


def main(files: list[Path]) -> None:
    runs = [_run(file) for file in files]
    for run in runs:
        _table(run)
        _goals(run)
    if len(runs) == 2:
        _growth(*runs)


def _run(file: Path) -> Run:
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    return {(line["question"], line.get("kind", ""), line["design"]): line for line in lines}


def _table(run: Run) -> None:
    members = next(iter(run.values()))["members"]
    print(f"\n{members:,} members; processor time in ms, p50 / p95\n")
    print("| question | kind | ours | sql | csr |\n|---|---|---|---|---|")
    for question, kind in dict.fromkeys((question, kind) for question, kind, _design in run if kind):
        cells = [_cell(run.get((question, kind, design))) for design in ("ours", "sql", "csr")]
        print(f"| {question} | {kind} | {' | '.join(cells)} |")
    for (question, kind, _design), line in run.items():
        if not kind:
            figures = {
                name: value for name, value in line.items() if name not in ("question", "design", "members")
            }
            print(f"\n{question}: " + ", ".join(f"{name} {value:,}" for name, value in figures.items()))


def _cell(line: dict[str, Any] | None) -> str:
    if line is None:
        return "–"
    few = f" (n={line['n']})" if line["n"] < 200 else ""
    return f"{line['cpu_p50_ms']:.2f} / {line['cpu_p95_ms']:.2f}{few}"


def _goals(run: Run) -> None:
    def of(question: str, kind: str, design: str = "ours", at: str = "cpu_p50_ms") -> float:
        return float(run[question, kind, design][at])

    print()
    for goal, question, kind, most in NO_SLOWER:
        _say(goal, f"{question}, times csr", of(question, kind) / of(question, kind, "csr"), most)
    for goal, question, kind, least in FASTER:
        _say(
            goal,
            f"{question}, times faster than sql",
            of(question, kind, "sql") / of(question, kind),
            least,
            up=True,
        )
    search, mutuals = "search_within_reach", "mutuals_25"
    _say(
        "P1", "badges_and_mutuals_25, p95 in ms", of("badges_and_mutuals_25", "ordinary", at="cpu_p95_ms"), 10
    )
    _say("P3", "introducers, super, p95 in ms", of("introducers", "super", at="cpu_p95_ms"), 250)
    _say("P5", f"{search}, times {mutuals}", of(search, "ordinary") / of(mutuals, "ordinary"), 3)
    _say("P5", f"{search}, super to ordinary", of(search, "super") / of(search, "ordinary"), 2)
    for question in ("accept", "remove"):
        ratio = of(question, "ordinary") / of(question, "ordinary", "sql")
        _say("P7", f"{question}, times the bare rows", ratio, 5)
    pages = run["pages_per_second", "", "ours"]
    if least := PAGES_A_SECOND.get(pages["members"]):
        _say("P10", "pages a second", pages["pages_per_second"], least, up=True)


def _growth(small: Run, large: Run) -> None:
    print()
    for key, line in large.items():
        if key[1] and key[2] == "ours" and key in small:
            grown = line["cpu_p50_ms"] / small[key]["cpu_p50_ms"]
            _say("P6", f"{key[0]}, {key[1]}, growth", grown, GROWTH)


def _say(goal: str, what: str, value: float, bound: float, *, up: bool = False) -> None:
    met = value >= bound if up else value <= bound
    print(
        f"- {goal} {what}: {value:,.2f} (goal {'≥' if up else '≤'} {bound:g}){'' if met else ' **missed**'}"
    )


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
