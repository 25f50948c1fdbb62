"""What the tests of documents share."""

import shutil
import subprocess
from pathlib import Path

import pytest
from recounted import STATUSES, Known

from linker.workspace.workspace import Linker
from tests.conftest import ask_the_contrary


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


@pytest.fixture(scope="session")
def worked_on(demo, tmp_path_factory):
    """The demonstration with clusters, links and plan that people worked on."""
    folder = tmp_path_factory.mktemp("recounted") / "work"
    shutil.copytree(demo[0], folder)
    ask_the_contrary(folder)
    with Linker.open(folder) as opened:
        for place, cluster in enumerate(c for c in opened.clusters() if len(c.records) > 1):
            if place < 14:
                verdict = "reject" if place % 7 == 6 else "confirm"
                opened.decide(cluster.cluster_id, verdict, "Ada")
        opposite = [one for one in opened.convergences() if one.relation == "opposite"]
        opened.decide(opposite[0].link.link_id, "confirm", "Ada")
        targets = [one for one in opened.sdg() if one.link.band == "propose"]
        for place, one in enumerate(targets[::7][:40]):
            opened.decide(one.link.link_id, "reject" if place % 4 == 3 else "confirm", "Ada")
        latest = [record for record in opened.records() if record.cycle == "4"]
        bodies = ("Ministry of Justice", "Parliament; Police", "")
        for place, record in enumerate(latest[:48]):
            told = {"result": f"Result {place}", "evidence": "Gazette"} if place % 5 == 0 else {}
            said = {"status": STATUSES[place % 4], "responsible": bodies[place % 3], **told}
            told |= {"deadline": ("2024-06", "2031-12", "")[place % 3]}
            opened.set_plan(record.id, reviewer="Ada", **{**said, **told})
        others = [record for record in opened.records() if record.mechanism in ("TB", "REG")]
        for place, record in enumerate(others[:24]):
            own = {"column:Grade": "ABCDE"[place % 5], "column:Follow-up": "yes" * (place % 2)}
            opened.set_plan(record.id, reviewer="Ada", status=STATUSES[place % 4], **own)
        yield opened


@pytest.fixture(scope="session")
def known(worked_on):
    return Known(worked_on, "XVM")
