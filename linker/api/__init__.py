"""The façade's verbs as JSON over HTTP, for one workspace: `linker api`.

``served`` holds the workspace open; ``questions`` says what may be asked, ``answers`` and
``columns`` what comes back; ``reading`` and ``writing`` are the paths; ``door`` and ``keys`` let in
who may; ``app`` puts them together.
"""
