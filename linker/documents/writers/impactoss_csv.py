"""The recommendations as IMPACT OSS imports them from one table."""

from __future__ import annotations

from pathlib import Path

from linker.documents.citation import reference
from linker.documents.impactoss import support_levels
from linker.documents.inputs import Options, Source
from linker.documents.one_of_each import one_of_each
from linker.documents.selection import newest_records
from linker.documents.shown_links import sdg_refs
from linker.documents.writers.tables import Rows, csv_bytes
from linker.vocabulary.states import state_name


def write_impactoss_csv(source: Source, options: Options, path: Path) -> None:
    """Write a row a recommendation; the header stands where there are none too."""
    rows = impact_rows(source, options)
    columns = list((rows or impact_rows(one_of_each(), Options()))[0])
    path.write_bytes(csv_bytes(source, columns, rows))


def impact_rows(source: Source, options: Options) -> Rows:
    """Return the recommendations as IMPACT OSS imports them; its taxonomies one a column."""
    refs = sdg_refs(source, options)
    home = source.xray.home()
    levels = support_levels()
    rows = []
    for record in newest_records(source, options):
        targets = [ref for ref in refs.get(record.id, ()) if ref.entry.level == "target"]
        cycle = f"UPR-{record.cycle or record.year or ''}" if record.is_cyclic else ""
        rows.append(
            {
                "reference": record.id,
                "title": record.text,
                "support_level": levels.get(record.position, "null"),
                "citation": reference(record),
                "body": record.body or record.mechanism,
                "cycle": cycle,
                "country": [state_name(state) for state in record.recommending_states],
                "issue": [*record.themes],
                "persons": [*record.groups],
                "theme": home[record.id].label if record.id in home else "",
                "sdgtarget": [ref.code for ref in targets if ref.mark.confirmed],
                "sdgtarget_proposed": [ref.code for ref in targets if not ref.mark.confirmed],
            }
        )
    return rows
