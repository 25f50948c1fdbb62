"""Records made up for the tests of the audit, with one thing wrong at a time."""

from linker.records.record import Record

TORTURE = "Prohibition of torture & ill-treatment (including cruel, inhuman or degrading treatment)"


def record(number, text="Ensure that all children have access to free primary education.", **more):
    facts = {"state": "XVM", "mechanism": "TB", "body": "CRC", "symbol": "CRC/C/XVM/CO/3"}
    return Record(**{"id": f"r{number:04}", "text": text, "year": 2018, **facts, **more})


def upr(number, text="Abolish the death penalty for all crimes", **more):
    facts = {
        "mechanism": "UPR", "body": "UPR", "symbol": "", "cycle": "3", "session": "32",
        "year": 2019, "position": "supported",
    }  # fmt: skip
    return record(number, text, **{**facts, **more})
