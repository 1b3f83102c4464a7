"""Writes docs/scenarios.md: a page for every scenario that is shipped, out of its own file.

    .venv/bin/python -m tools.describe_scenarios

For trainers who plan a class; a test holds the page to the files.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from terminal.scenarios import list_scenarios
from terminal.training.scenario import EventSpec, Scenario

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scenarios.md"
_HEAD = """# Scenarios

A page for each scenario that is shipped: what the trainee is asked, sees and should do, what is scored, and the debrief
he reads at the end. The same words stand on the trainee's task sheet, in Chinese and English. Times are trading days
from the expiry E. How to run one and how to write one: [training.md](training.md). This file is written by
`python -m tools.describe_scenarios`.
"""


def describe() -> str:
    """The whole document."""
    scenarios = [listed.scenario for listed in list_scenarios() if listed.scenario is not None]
    contents = "\n".join(
        f"- [{s.title.en}](#{s.name}) {s.title.zh}, {sum(c.points for c in s.checkpoint)} points" for s in scenarios
    )
    return "\n".join([_HEAD, contents, "", *("\n".join(_page(s)) for s in scenarios)])


def _page(scenario: Scenario) -> Iterator[str]:
    start, page = scenario.start, scenario.page
    yield f'<a id="{scenario.name}"></a>\n\n## {scenario.title.en} · {scenario.title.zh}\n'
    yield f"`optiondesk train {scenario.name}` · {scenario.role.en} · {start.at} to {start.end}, E is {start.expiry}\n"
    yield f"**Task.** {page.task.en}\n\n{page.task.zh}\n"
    yield f"**Sees.** {page.sees.en}\n\n{page.sees.zh}\n"
    yield "**Should do.**\n"
    yield from (f"{n}. {step.en} {step.zh}" for n, step in enumerate(page.steps, start=1))
    if scenario.event or scenario.path:
        yield "\n| when | what happens |\n|---|---|"
        yield from (f"| {p.at} | `drift` {p.underlying} to {p.price} in {p.seconds:g} s |" for p in scenario.path)
        yield from (f"| {event.at} | {_event(event)} |" for event in scenario.event)
    yield "\n| checkpoint | points | by | what would have been right |\n|---|---|---|---|"
    for point in scenario.checkpoint:
        within = f", within {point.within:g} s" if point.within else ""
        yield f"| {point.title.en} {point.title.zh} | {point.points} | {point.deadline}{within} | {point.right.en} |"
    if scenario.hint:
        yield "\n**Hints.** " + " ".join(hint.text.en for hint in scenario.hint)
    yield f"\n**Debrief.** {scenario.debrief.en}\n\n{scenario.debrief.zh}\n"


def _event(event: EventSpec) -> str:
    figures = (event.underlying, event.contract, event.account, event.move, event.amount, event.count, event.day)
    told = [f"{figure}" for figure in figures if figure]
    if event.seconds:
        told.append(f"{event.seconds:g} s")
    words = f": {event.text.en}" if event.text is not None else ""
    return " ".join([f"`{event.kind.value}`", *told]) + words


def main() -> int:
    """Write it."""
    PAGE.write_text(describe(), "utf-8", newline="\n")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
