"""PDF of what an office program prints: refused in words without one."""

import shutil

import pytest
from made_up_state import made_up

from linker.documents.kinds import EXCHANGED, KINDS, PRINTED, formats_of
from linker.documents.writers import write
from linker.errors import Invalid, LinkerError
from linker.programs import office_program


def test_every_kind_that_an_office_program_prints_has_it():
    for kind, suffixes in KINDS.items():
        printed = kind not in EXCHANGED and bool(set(suffixes) & set(PRINTED))
        assert ("pdf" in formats_of(kind)) == printed


def test_without_libreoffice_it_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(LinkerError, match="LibreOffice, which is not installed"):
        write("factsheet", tmp_path / "f.pdf", made_up())
    assert not (tmp_path / "f.pdf").exists()
    with pytest.raises(Invalid, match="cannot be written as 'pdf'"):
        write("impactoss", tmp_path / "f.pdf", made_up())


@pytest.mark.long
@pytest.mark.skipif(not office_program(), reason="LibreOffice is not installed")
def test_the_same_workspace_gives_the_same_pdf(tmp_path):
    one, two = (write("factsheet", tmp_path / f"{n}.pdf", made_up())[0].read_bytes() for n in "12")
    assert one.startswith(b"%PDF-")
    assert one == two
    assert b"20260305000000" in one
