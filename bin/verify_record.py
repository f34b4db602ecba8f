#!/usr/bin/env python3
"""Check an exported record (JSON lines) without the application: python3 verify_record.py record.jsonl [HEAD_HASH].

Every line's hash must be the SHA-256 of its canonical JSON without the hash, each must continue the one before, numbers must
run 1, 2, 3, …, and the last hash must be HEAD_HASH where a printed paper or an earlier export gives one.
"""

import hashlib
import json
import sys
from pathlib import Path

GENESIS = "0" * 64


def canonical(fields: dict) -> bytes:
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def problems(lines):
    """Yield one sentence per broken record; return the hash of the last."""
    previous, number = GENESIS, 0
    for line in lines:
        fields = json.loads(line)
        claimed, number = fields.pop("hash"), number + 1
        if fields["sequence"] != number:
            yield f"record {number} is missing or out of order (found {fields['sequence']})"
            number = fields["sequence"]
        if fields["previous_hash"] != previous:
            yield f"record {number} does not continue the one before"
        if hashlib.sha256(canonical(fields)).hexdigest() != claimed:
            yield f"record {number} was altered"
        previous = claimed
    return previous


def main(path: str, head: str = "") -> int:
    found = []
    with Path(path).open(encoding="utf-8") as lines:
        checking = problems(lines)
        while True:
            try:
                found.append(next(checking))
            except StopIteration as end:
                last = end.value
                break
    if head and last != head:
        found.append(f"the record ends at {last}, not at {head}: its tail was removed or it was forged anew")
    print("\n".join(found) or f"intact, ends at {last}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
