"""How many combinations the matrices tried, summed over all workers and printed at the end of the run."""

from collections import Counter

from _pytest.terminal import TerminalReporter

TRIED = "combinations tried"


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    total: Counter[str] = Counter()
    for report in terminalreporter.stats.get("", []):
        if report.when == "teardown":
            for key, value in report.user_properties:
                if key == TRIED:
                    total[value[0]] += value[1]
    for name, number in sorted(total.items()):
        terminalreporter.write_line(f"{number} {name} combinations tried")
