"""What is handed over as one piece has the same bytes, whenever its files were written."""

import io
import os
import zipfile

from linker.documents.media import as_one


def test_several_files_as_one_have_the_same_bytes_another_day(tmp_path):
    files = [tmp_path / name for name in ("a.docx", "b.docx")]
    for file in files:
        file.write_bytes(file.name.encode() * 200)
    first = as_one(files)
    for file in files:
        os.utime(file, (1_000_000_000, 1_000_000_000))
        file.chmod(0o600)
    assert as_one(files) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["a.docx", "b.docx"]
        assert archive.read("b.docx") == files[1].read_bytes()
        assert all(entry.compress_type == zipfile.ZIP_DEFLATED for entry in archive.infolist())


def test_one_file_stays_itself(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"whole")
    assert as_one([tmp_path / "a.docx"]) == b"whole"
