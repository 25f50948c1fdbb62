"""Ministry packs as one archive."""

from linker.documents.writers.packs_folder import write_packs_zip

__all__ = ["write_packs_zip"]
