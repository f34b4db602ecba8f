#!/usr/bin/env python3
"""Draw a satisfaction sample again without the application: python3 replay_sample.py sample.json [FRAME_HASH [SEED_HASH]].

The file is the one downloaded from 复核抽样: seed, frame (the list of SMEs) and drawn list. Every credit code draws the ticket
SHA-256("seed:code"); the lowest tickets are the sample, the next ones the reserve. Prints the SMEs in that order; ends with 1
and the reason when the list is not the one of FRAME_HASH, the seed not the one of SEED_HASH (both stand in the exported record
of the step 抽取满意度样本; without them the file's own hash counts), or the drawn list is not what the seed gives.
"""

import hashlib
import json
import sys
from pathlib import Path


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def problems(kept: dict, frame: list, order: list, hashes: list) -> list:
    """One sentence per thing that is not as it was drawn."""
    frame_hash, seed_hash = hashes[0], hashes[1]
    drawn = [unit["credit_code"] for unit in sorted(kept["drawn"], key=lambda unit: unit["position"])]
    found = []
    if digest("\n".join(frame)) != frame_hash:
        found.append("清单已变化：清单摘要与抽样时留存的不一致，不能据以复核。")
    if digest(kept["seed"]) != seed_hash:
        found.append("种子已变化：与抽样时记录的种子摘要不一致，不能据以复核。")
    if not found and order[: len(drawn)] != drawn:
        found.append("不一致：按种子和清单重新抽取的结果与记录不同。")
    return found


def main(path: str, frame_hash: str = "", seed_hash: str = "") -> int:
    kept = json.loads(Path(path).read_text(encoding="utf-8"))
    names = {sme["credit_code"]: sme["name"] for sme in kept["frame"]}
    frame = sorted(names)
    order = sorted(frame, key=lambda code: (digest(f"{kept['seed']}:{code}"), code))
    wrong = problems(kept, frame, order, [frame_hash or kept["frame_hash"], seed_hash or digest(kept["seed"])])
    if wrong:
        print("\n".join(wrong))
        return 1
    for place, code in enumerate(order[: len(kept["drawn"])], 1):
        kind = "样本" if place <= kept["required"] else "备用"
        print(f"{place:>4} {kind} {code} {digest(kept['seed'] + ':' + code)[:16]} {names[code]}")
    print(f"一致：清单{len(frame)}家，按种子重新抽取，得到同样的企业和顺序。")
    return 0


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
