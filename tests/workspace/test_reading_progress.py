"""Whoever waits for a long file, or for many, is told how far it is."""

from linker.workspace.workspace import Linker


def test_each_file_and_its_records_so_far_are_told(tmp_path):
    for name, rows in (("long.csv", 1_200), ("short.csv", 3)):
        lines = [f"Kenya,Build school number {n} of {name}" for n in range(rows)]
        (tmp_path / name).write_text("\n".join(["state,text", *lines]), encoding="utf-8")
    told = []
    with Linker.open(tmp_path / "ws", create=True) as linker:
        files = [tmp_path / "long.csv", tmp_path / "short.csv"]
        linker.add(files, progress=lambda *said: told.append(said))
    assert told == [
        ("long.csv", 1, 2, 0), ("long.csv", 1, 2, 500), ("long.csv", 1, 2, 1_000),
        ("short.csv", 2, 2, 0),
    ]  # fmt: skip


def test_the_first_build_tells_how_many_asks_are_encoded(tmp_path):
    (tmp_path / "few.csv").write_text(
        "state,text\nKenya,Build schools\nKenya,Train judges\nKenya,Repeal the press law\n",
        encoding="utf-8",
    )
    told = []
    with Linker.open(tmp_path / "ws", create=True) as linker:
        linker.add([tmp_path / "few.csv"])
        linker.build(progress=lambda *said: told.append(said))
    assert told[:2] == [("KEN: reading", 0, 3), ("KEN: reading", 3, 3)]
