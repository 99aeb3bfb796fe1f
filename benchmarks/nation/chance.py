"""さいころ: Chance that falls alike whenever it is thrown for the same seed and names.

Everything that the record draws at random (salts, keys, nonces) is derived here, too, so that a
nation can be made again byte for byte. Whoever knows the seed can undo every salt and every key:
this is for benchmarks and tests only, never for a record of anything that happened.
"""

from collections.abc import Sequence
from hashlib import sha256
from random import Random
from typing import TypeVar

T = TypeVar("T")


def derived(size: int, *names: object) -> bytes:
    """The first `size` bytes (at most 32) of the SHA-256 of the names."""
    return sha256("\x1f".join(map(str, names)).encode()).digest()[:size]


class Dice(Random):
    """Chance that can be thrown again."""

    @classmethod
    def of(cls, *names: object) -> "Dice":
        """The dice that belong to these names."""
        return cls(int.from_bytes(derived(32, *names)))

    def happens(self, share: float) -> bool:
        """True in this share of the throws."""
        return self.random() < share

    def fate(self, **shares: float) -> str:
        """One of the names, each in its share of the throws; an empty text in the others."""
        left = self.random()
        for name, share in shares.items():
            left -= share
            if left < 0:
                return name
        return ""

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included; `least` where there is no room."""
        return least + int(self.random() * (most - least + 1)) if most > least else least

    def one_of(self, choices: Sequence[T]) -> T:
        """One of the choices, all alike."""
        return choices[int(self.random() * len(choices))]

    def some_of(self, choices: Sequence[T], least: int, most: int) -> tuple[T, ...]:
        """Some of the choices, in their order."""
        number = min(self.between(least, most), len(choices))
        return tuple(choices[at] for at in sorted(self.sample(range(len(choices)), number)))
