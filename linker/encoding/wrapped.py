"""Encoders that ask another one only for what they do not have: on disk, in an index, in memory."""

from __future__ import annotations

from linker.encoding.encoder import Encoder


class WrappedEncoder:
    """Says of itself what the encoder beneath says, for its vectors are the same.

    Attributes:
        encoder: the encoder beneath.
    """

    encoder: Encoder

    @property
    def name(self) -> str:
        """The name of the encoder beneath."""
        return self.encoder.name

    @property
    def checksum(self) -> str:
        """The checksum of its weights."""
        return self.encoder.checksum

    @property
    def dimension(self) -> int:
        """The length of its vectors."""
        return self.encoder.dimension
