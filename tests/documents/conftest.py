"""What the tests of documents share."""

import shutil
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def to_pdf(tmp_path_factory):
    """Return a function that opens a document in LibreOffice: (pages, text of the PDF)."""
    if not (shutil.which("soffice") and shutil.which("pdftotext") and shutil.which("pdfinfo")):
        pytest.skip("LibreOffice (soffice) and poppler-utils are not installed")
    profile = tmp_path_factory.mktemp("libreoffice")

    def convert(path: Path) -> tuple[int, str]:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
        command += ["--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        pdf = str(path.with_suffix(".pdf"))
        info = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
        pages = next(int(line.split()[1]) for line in info.splitlines() if line.startswith("Pages"))
        said = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True)
        return pages, " ".join(said.stdout.decode("utf-8").split())

    return convert
