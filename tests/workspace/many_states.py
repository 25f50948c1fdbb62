"""A workspace of several States, and all that it holds as bytes."""

from __future__ import annotations

from linker.store.archive import write_archive

ASKS = (
    "Ratify the Optional Protocol to the Convention against Torture",
    "Accede to the Optional Protocol to the Convention against Torture",
    "Raise the minimum age of marriage to 18 years",
    "Adopt a law that prohibits child marriage",
    "Train police officers in the use of force",
    "Provide training on the use of force to the police",
    "Establish an independent national human rights institution",
    "Allocate more resources to schools in rural areas",
)
STATES = ("KEN", "NPL", "FJI", "CHL")


def archived(linker, tmp_path):
    path = tmp_path / "made.zip"
    path.unlink(missing_ok=True)
    write_archive(linker.store, path)
    return path.read_bytes()
