"""Files that are not read are told as what they are, with what to do."""

import zipfile

import pytest

from linker.records.import_notes import ImportRefused
from linker.records.importers import read_file

OLE = b"\xd0\xcf\x11\xe0" + b"\0" * 60


def stream(*names):
    return OLE + b"".join(name.encode("utf-16-le") + b"\0\0" for name in names)


@pytest.mark.parametrize(
    ("content", "said", "remedy"),
    [
        (stream("WordDocument", "__properties_version1.0"), ".msg", "attachment"),
        (stream("PowerPoint Document"), ".ppt", "Copy the recommendations"),
        (stream("Quill"), ".pub", "Copy the recommendations"),
        (stream("Unheard of"), "old Office file", "without a password"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "PNG", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(90), "JPEG", "OCR"),
        (b"RIFF\0\0\0\0WEBP" + bytes(90), "WebP", "OCR"),
        (b"\0\1\0\0Standard ACE DB\0" + bytes(90), "Access", "Export its table"),
        (b"Rar!\x1a\7\1\0" + bytes(90), "RAR", "Unpack it"),
    ],
)
def test_by_their_first_bytes(tmp_path, content, said, remedy):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        read_file(tmp_path / "file")
    assert said in refused.value.note.reason
    assert remedy in refused.value.note.remedy


@pytest.mark.parametrize(
    ("members", "said", "remedy"),
    [
        ({"ppt/presentation.xml": "<a/>"}, ".pptx", "Copy the recommendations"),
        ({"Index/Document.iwa": "x"}, "Apple", "Export it"),
        ({"xl/workbook.bin": "x"}, ".xlsb", "save it as .xlsx"),
        ({"mimetype": "application/vnd.oasis.opendocument.presentation",
          "META-INF/manifest.xml": "<a/>"}, "OpenDocument", "Copy the recommendations"),
        ({"a.csv": "text"}, "a zip file", "Unpack it"),
    ],
)  # fmt: skip
def test_by_their_members(tmp_path, monkeypatch, members, said, remedy):
    monkeypatch.setenv("PATH", str(tmp_path))  # without LibreOffice
    with zipfile.ZipFile(tmp_path / "file", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(ImportRefused) as refused:
        read_file(tmp_path / "file")
    assert said in refused.value.note.reason
    assert remedy in refused.value.note.remedy
