"""Voluntary pledges of the State are kept with their source, make no records and go with it."""

from linker.workspace.workspace import Linker

REPORT = [
    "A/HRC/47/13", "Report of the Working Group on the Universal Periodic Review", "Niger",
    "II. Conclusions and/or recommendations",
    "122. The recommendations listed below enjoy the support of Niger:",
    "122.1 Ratify the Protocol (Chile);", "122.2 Ban torture in all places (Mali).",
    "III. Voluntary pledges and commitments",
    "123. Niger pledged to build a museum of lighthouses.",
    "124. Niger pledged to open it on Sundays.",
]  # fmt: skip
UPR_INFO = (
    "SuR;RS;Recommendation;Response;Action;Issue;Session\n"
    "Niger;Chile;Ratify the Protocol;Supported;5;Justice;38\n"
    "Niger;;Keep the lamps lit;Voluntary Pledge;5;Justice;38\n"
)


def test_pledges_of_a_report_and_of_upr_info(tmp_path):
    report, export = tmp_path / "report.txt", tmp_path / "export.csv"
    report.write_text("\n\n".join(REPORT), encoding="utf-8")
    export.write_text(UPR_INFO, encoding="utf-8")
    with Linker.open(tmp_path / "ws", create=True) as linker:
        told = linker.add([report, export])
        assert [one.refused for one in told] == [0, 0]
        first, second = (one.to_row() for one in linker.imports())
        assert first["pledges"] == [
            "para. 123: Niger pledged to build a museum of lighthouses.",
            "para. 124: Niger pledged to open it on Sundays.",
        ]
        assert [text.partition(": ")[2] for text in second["pledges"]] == ["Keep the lamps lit"]
        assert not [one for one in linker.records() if "lamps" in one.text or "museum" in one.text]
        linker.purge(1)
        linker.purge(2)
        assert linker.imports() == []
    for file in (tmp_path / "ws").rglob("*"):
        if file.is_file():
            assert b"museum of lighthouses" not in file.read_bytes(), file
