"""A workspace for assistants on one's own machine, over the Model Context Protocol: `linker mcp`.

It only looks, and talks to nobody but the program that started it.
"""
