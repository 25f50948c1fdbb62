"""``python -m linker`` is ``linker``."""

from linker.cli import main

main(prog_name="linker")
