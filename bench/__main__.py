"""``python -m bench [-n REPETITIONS] [CASE …]``: a throw-away database, the cases in turn, one line each."""

import argparse
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from bench.cases import CASES  # noqa: E402
from bench.measuring import measure  # noqa: E402

KNOWN = {case.name: case for case in CASES}


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("-n", "--repetitions", type=int, default=5)
    parser.add_argument("case", nargs="*", help=f"one of {'、'.join(KNOWN)}; all when none is named")
    asked = parser.parse_args()
    if unknown := set(asked.case) - KNOWN.keys():
        parser.error(f"no such case: {', '.join(sorted(unknown))}")
    call_command("migrate", interactive=False, verbosity=0)
    for name in asked.case or KNOWN:
        case = KNOWN[name]
        done = measure(case, asked.repetitions)
        print(f"{name:8} {done.ratio:6.1f} ×   {case.ours} {done.ours:.3f} s; {case.bare} {done.bare:.3f} s")


if __name__ == "__main__":
    main()
