"""A made-up model with a few words, small enough to add up by hand."""

import hashlib
import json

ISSUES = (
    "label\tterm\tlog_odds\n"
    "Torture and other CID treatment\t*\t-3.000\n"
    "Torture and other CID treatment\ttortur\t6.000\n"
    "Women's rights\t*\t-3.000\n"
    "Women's rights\twomen\t5.000\n"
    "Women's rights\tviolenc against\t1.500\n"
)
ACTION = (
    "label\tterm\tlog_odds\n"
    "1\t*\t-4.000\n"
    "2\t*\t-1.000\n"
    "2\t^ continu\t6.000\n"
    "3\t*\t-1.000\n"
    "3\t^ consid\t6.000\n"
    "4\t*\t0.000\n"
    "4\tstrengthen\t3.000\n"
    "5\t*\t0.000\n"
    "5\tratifi\t4.000\n"
    "5\tadopt\t3.000\n"
)


def write_model(folder, issues=ISSUES, action=ACTION, **changed):
    """Write a model folder whose manifest vouches for it, with some facts changed."""
    folder.mkdir(parents=True, exist_ok=True)
    sums = {}
    for name, text in (("issues.tsv", issues), ("action.tsv", action)):
        (folder / name).write_bytes(text.encode())
        sums[name] = hashlib.sha256(text.encode()).hexdigest()
    manifest = {"threshold": 0.4, "files": sums, **changed}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder
