"""Lists in text, Markdown and web pages: no item is lost, positions behind items count."""

import pytest

from linker.records.import_notes import ImportRefused
from linker.records.importers import Options, read_file
from linker.records.importers.un.list_items import with_position


def read(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    records, notes = read_file(path)
    found = {one.text: one for one in records}
    assert not any(note.severity in ("refused", "repaired") for note in notes), str(notes)
    return found


def test_short_numbered_lines_are_items_where_they_count_on(tmp_path):
    text = "Recommendations to Kenya\n\n1. Light the harbour\n2. Train keepers\n3. Mend the pier\n"
    found = read(tmp_path, "list.txt", text)
    assert {one.paragraph: text for text, one in found.items()} == {
        "1": "Light the harbour", "2": "Train keepers", "3": "Mend the pier",
    }  # fmt: skip


def test_a_numbered_line_above_items_of_another_kind_is_their_heading(tmp_path):
    text = (
        "Recommendations to Kenya\n\n1. Harbours\n\n- Light the harbour (Peru)\n"
        "- Mend the pier (Fiji)\n\n2. Ferries\n\n- Build a ferry (Chad)\n- Paint it (Cuba)\n"
    )
    found = read(tmp_path, "list.txt", text)
    assert [(one.heading, text) for text, one in found.items()] == [
        ("Harbours", "Light the harbour"), ("Harbours", "Mend the pier"),
        ("Ferries", "Build a ferry"), ("Ferries", "Paint it"),
    ]  # fmt: skip


def test_markdown_with_positions_behind_the_items(tmp_path):
    text = (
        "# Recommendations to Kenya\n\n## Harbours\n\n"
        "1. Light the **harbour** (Peru). *Supported*\n"
        "2. Mend the pier (Fiji, Chad). *Noted*\n\n## Ferries\n\n- Build a ferry (Cuba)\n"
    )
    found = read(tmp_path, "list.md", text)
    assert {text: (one.position, one.heading) for text, one in found.items()} == {
        "Light the harbour": ("supported", "Harbours"),
        "Mend the pier": ("noted", "Harbours"),
        "Build a ferry": ("", "Ferries"),
    }
    assert found["Mend the pier"].recommending_states == ("FJI", "TCD")


PAGE = """<!DOCTYPE html><html><head><title>Office</title><script>var a = 1;</script></head><body>
<nav><ul><li>Home</li><li>About us</li></ul></nav>
<h1>Review of Kenya (3rd cycle)</h1>
<h2>Recommendations accepted</h2>
<ol start="4"><li>Light the <b>harbour</b> (Peru);</li><li><p>Mend the pier (Fiji);</p></li></ol>
<h2>Recommendations noted</h2><div>122.3 Build a ferry (Cuba)</div><div>122.4 Paint it (Chad)</div>
<footer>Cookies</footer></body></html>"""


def test_a_web_page_without_a_table(tmp_path):
    found = read(tmp_path, "page.html", PAGE)
    assert {text: (one.paragraph, one.position, one.state) for text, one in found.items()} == {
        "Light the harbour": ("4", "supported", "KEN"),
        "Mend the pier": ("5", "supported", "KEN"),
        "Build a ferry": ("122.3", "noted", "KEN"),
        "Paint it": ("122.4", "noted", "KEN"),
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Light the harbour (Peru). Supported", ("Light the harbour (Peru)", "Supported")),
        ("Light the harbour (Peru) - accepted", ("Light the harbour (Peru)", "accepted")),
        ("Light the harbour (Peru) [Noted]", ("Light the harbour (Peru)", "Noted")),
        ("Encender el puerto (Perú): se toma nota", ("Encender el puerto (Perú)", "se toma nota")),
        ("Ensure that reservations are noted", ("Ensure that reservations are noted", "")),
        ("Publish what was accepted", ("Publish what was accepted", "")),
        ("Noted", ("Noted", "")),
    ],
)
def test_positions_behind_items(text, found):
    assert with_position(text) == found


PROSE = """The situation of keepers in Kenya has become worse since the last review and many of
them were dismissed in 2023. We recommend that the Government light every harbour and that it
train the keepers without delay, for ships were lost.

Women remain absent from the lighthouses. The Government should employ more of them in the coming
years, and tell how many there are.
"""


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("prose.txt", PROSE, "running text"),
        ("mail.eml", "From: a@example.org\nTo: b@example.org\nSubject: A\n\nstate,text\n", "mail"),
        ("export.xml", "<?xml version='1.0'?><all><one>Light the harbour</one></all>", "XML"),
        ("page.mht", "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\n<p>",
         "web archive"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_with_what_to_do(tmp_path, name, text, said):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        list(read_file(path)[0])
    assert said in refused.value.note.reason
    assert refused.value.note.remedy


def test_a_column_of_sentences_is_no_running_text(tmp_path):
    text = "Recommendation\n" + "\n".join(
        f"Light harbour number {n} of the northern coast before the winter" for n in range(9)
    )
    assert len(read(tmp_path, "column.csv", text)) == 9


def test_a_column_that_is_not_there_is_said(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("state,mechanism,text\nKenya,UPR,Light the harbour\n", encoding="utf-8")
    records, notes = read_file(path, options=Options(columns=(("text", "Texto"),)))
    assert [one.text for one in records] == ["Light the harbour"]
    [note] = [note for note in notes if note.kind == "no such column"]
    assert "'Texto'" in note.reason
    assert "mechanism, state, text" in note.reason
    found, notes = read_file(path, options=Options(columns=(("text", "TEXT"),)))
    assert list(found)
    assert not [note for note in notes if note.kind == "no such column"]


@pytest.mark.parametrize(
    ("above", "themes", "told"),
    [
        ("# Matrix of 2024\n\n", [(), ()], ["Matrix of 2024"]),
        ("# Recommendations to Kenya\n\n", [(), ()], []),
        ("# Matrix of 2024\n\n## Harbours\n\n", [("Harbours",)] * 2, []),
        ("## Harbours\n\n", [("Ferries",), ("Harbours",)], []),
    ],
)
def test_the_title_of_a_document_is_no_theme(tmp_path, above, themes, told):
    below = "\n## Ferries\n\n" if themes[0] == ("Ferries",) else ""
    path = tmp_path / "list.md"
    path.write_text(f"{above}- Light the harbour (Peru)\n{below}- Build a ferry (Fiji)\n")
    records, notes = read_file(path)
    assert sorted(one.themes for one in records) == themes
    assert [note.value for note in notes if note.kind == "title of the list"] == told
