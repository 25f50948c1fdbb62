"""A Working Group report of our own words, and how its importer's records are looked at."""

from __future__ import annotations

from linker.records.importers import read_file

HEAD = [
    "United Nations A/HRC/44/9", "Distr.: General", "3 March 2020", "Human Rights Council",
    "Report of the Working Group on the Universal Periodic Review*", "Kiribati", "Introduction",
    "1. The Working Group on the Universal Periodic Review, established in accordance with "
    "Human Rights Council resolution 5/1, held its thirty-fifth session in January 2020.",
    "II. Conclusions and/or recommendations",
]  # fmt: skip
NEW = [
    "84. The recommendations formulated during the dialogue have been examined and enjoy the "
    "support of Kiribati:",
    "84.1 Ratify the treaty on lighthouses (Fiji) (Chad);",
    "84.2 Train all lighthouse keepers, as in paragraph 84.1 above (Bolivia (Plurinational State "
    "of)); pay them better (Peru);",
    "85. The following recommendations enjoy the support of Kiribati, which considers that they "
    "are already implemented or in the process of implementation:",
    "85.1 Keep the lamps lit (Sweden);",
    "86. The following recommendations will be examined by Kiribati, which will provide responses "
    "in due time:",
    "86.1 Repair the pier (Ghana, Togo and Benin);",
    "87. The recommendations below did not enjoy the support of Kiribati:",
    "87.1 Close the port (Malta).",
    "88. Kiribati considers that recommendation 84.2 has already been implemented.",
    "89. All conclusions and/or recommendations contained in the present report reflect the "
    "position of the submitting States.",
    "III. Voluntary pledges and commitments",
    "90. Kiribati will build a second lighthouse.",
    "Annex",
    "Composition of the delegation",
]


def records(path):
    found, notes = read_file(path)
    return {record.paragraph: record for record in found}, notes


def made(tmp_path, lines, end="\n\n"):
    path = tmp_path / "report.txt"
    path.write_text(end.join([*HEAD, *lines]), encoding="utf-8")
    return path
