"""docs/scenarios.md: a page with task, steps, score and debrief for every scenario, as its own file has it."""

import pytest

from terminal.scenarios import list_scenarios
from tools.describe_scenarios import PAGE, describe

pytestmark = pytest.mark.requirement("X8")


def test_the_document_is_that_of_the_shipped_files() -> None:
    assert PAGE.read_text("utf-8") == describe(), "run python -m tools.describe_scenarios"


def test_every_scenario_has_its_page() -> None:
    text = PAGE.read_text("utf-8")
    scenarios = [listed.scenario for listed in list_scenarios()]
    assert len(scenarios) >= 12
    for scenario in scenarios:
        assert scenario is not None
        _, _, page = text.partition(f'<a id="{scenario.name}"></a>')
        page = page.partition("<a id=")[0]
        for words in (scenario.page.task, scenario.page.sees, scenario.debrief, *scenario.page.steps):
            assert words.en in page
            assert words.zh in page
        for point in scenario.checkpoint:
            assert f"| {point.title.en} {point.title.zh} | {point.points} |" in page
