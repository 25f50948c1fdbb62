"""Any CSV or XLSX table with a text column: the product's own import format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from linker.records.import_notes import Notes
from linker.records.importers.assemble import Draft
from linker.records.importers.base import Head, Options, column_name
from linker.records.importers.safe_open import kind_of
from linker.records.importers.sheets import read_sheet
from linker.records.record import Record

FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("recordid", "annotationid"),
    "text": ("recommendation", "recommendationtext", "observation", "fulltext", "recommendations",
             "texte", "texto", "texten", "textfr", "textes"),
    "state": ("country", "countries", "stateunderreview", "sur", "statereviewed", "iso3",
              "countryconcerned", "countriesconcerned", "stateconcerned", "pays", "estado"),
    "mechanism": ("mechanisms", "unmechanism"),
    "body": ("recommendingbody", "treatybody", "committee"),
    "symbol": ("documentsymbol", "docsymbol", "document", "documentcode", "unsymbol",
               "sourcedocument"),
    "paragraph": ("para", "paragraphnumber", "paragraphno", "parano", "paranumber"),
    "cites": ("citeas", "originalsymbol", "quotedfrom"),
    "date": ("publicationdate", "documentpublicationdate", "dateadopted", "adopted"),
    "year": ("anno", "annee"),
    "cycle": ("uprcycle",),
    "session": ("uprsession", "sessionnumber"),
    "themes": ("theme", "issue", "issues", "topic", "topics"),
    "groups": ("group", "affectedpersons", "affectedgroups", "groupsofpersons", "personsaffected"),
    "sdgs": ("sdg", "sdgcodes", "sdgtargets", "relevantsdgs", "goals", "targets"),
    "recommending_states": ("recommendingstate", "recommendingcountry", "recommendingcountries",
                            "uprrecommendingstates", "recommenders", "rs"),
    "position": ("positionofthestateunderreview", "stateposition", "uprposition", "uprpositions",
                 "response"),
    "position_source": ("sourceofposition", "positionsymbol", "addendum"),
    "position_note": ("positionnotes", "positionremark"),
    "language": ("lang",),
    "source_url": ("url", "link", "source"),
    "kind": ("type", "annotationtype", "recordtype"),
    "heading": ("section", "sectionheading"),
    "context": ("concern", "concernbefore"),
}  # fmt: skip


def fields_of(columns: tuple[str, ...]) -> dict[str, int]:
    """Return field -> position of its column; a field's own name is preferred to its synonyms."""
    names = [column_name(column) for column in columns]
    found = {}
    for field, synonyms in FIELDS.items():
        for name in (column_name(field), *synonyms):
            if name in names:
                found[field] = names.index(name)
                break
    return found


class Table:
    """CSV and XLSX tables, columns in any order; what no field takes is kept in ``extra``."""

    name = "table"
    label = "table (CSV, XLSX)"

    def recognises(self, head: Head) -> bool:
        """Say whether some column holds the text."""
        return head.kind in ("csv", "xlsx") and "text" in fields_of(head.columns)

    def read(self, path: Path, notes: Notes, options: Options) -> Iterator[Record]:
        """Yield a record a row."""
        sheet = read_sheet(path, kind_of(path, options.limits), notes, options.limits)
        fields = fields_of(sheet.columns)
        taken = {index: field for field, index in fields.items()}
        for row in sheet.rows:
            yield from Draft(
                values={field: row.cells[index] for field, index in fields.items()},
                row=row.place,
                notes=notes,
                options=options,
                numeric={taken[index] for index in row.numeric if index in taken},
                extra=tuple(
                    (column, cell)
                    for index, (column, cell) in enumerate(
                        zip(sheet.columns, row.cells, strict=True)
                    )
                    if index not in taken and cell.strip()
                ),
            ).records()
