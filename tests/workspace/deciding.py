"""Decides on links one after the other and says so on standard output; made to be killed."""

import sys

from linker.workspace.workspace import Linker

folder, *link_ids = sys.argv[1:]
with Linker.open(folder) as linker:
    print("ready", flush=True)
    for number in range(1_000_000):
        link_id = link_ids[number % len(link_ids)]
        verdict = ("confirm", "reject", "unsure", "undo")[number % 4]
        decision = linker.decide(link_id, verdict, "Amina Otieno", f"note {number}")
        print(decision.seq, flush=True)
