"""The audit on the page about method and data quality."""

from linker.paths import data_dir
from linker.workspace.workspace import Linker


def test_the_method_page_shows_the_audit_with_examples(show, tmp_path):
    folder = tmp_path / "valmora"
    with Linker.open(folder, create=True) as linker:
        linker.add(sorted((data_dir() / "sample").glob("*.csv")))
    app = show("method", folder)
    assert not app.exception
    titles = [expander.label for expander in app.expander]
    assert any("Reservations" in t and "4 of 7 records with this tag" in t for t in titles)
    shown = "\n".join(element.body for element in app.get("html"))
    assert "A/HRC/58/XVM#127.60" in shown
    assert "Looked for and not found" in shown


def test_a_tag_with_markup_in_its_name_is_shown_as_text(show, tmp_path):
    rows = ["text,state,year,themes"]
    tag = "<b>*Fisheries*</b> of :red[x]"
    rows += [f"Build the road to village number {n},XVM,2011,{tag}" for n in range(40)]
    file = tmp_path / "table.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    folder = tmp_path / "odd"
    with Linker.open(folder, create=True) as linker:
        linker.add([file])
    app = show("method", folder)
    assert not app.exception
    assert any(r"\<b\>\*Fisheries\*" in expander.label for expander in app.expander)
    assert "<b>*Fisheries" not in "\n".join(element.body for element in app.get("html"))
