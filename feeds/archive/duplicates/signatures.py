"""A text's MinHash signature, cut into bands: similar texts share band keys. Pure.

rensa makes the signature. It is imported when the first text is compared, which only the writer does. Each `ROWS`
numbers of a signature make a key, `BANDS` keys in all. Two texts of similarity s share a given key with probability s³.
"""

from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

BANDS = 6
ROWS = 3
KEY_BITS = 21  # of a key: with a period above it takes four bytes, and different texts of a month seldom share one
AGREEING = 17  # numbers, of `_SLOTS`, in which the signatures of duplicates agree; 99 % of duplicates do
_SLOTS = 32  # numbers in a signature: rensa is fastest at powers of two

_PRIME, _FACTOR = (1 << 61) - 1, 0x1F3D_5B79_9E37_79B9
_NIBBLES = int("1" * _SLOTS, 16)


class Signature(Struct, frozen=True):
    """A text's keys without their period, and the last four bits of each number of the signature."""

    bands: tuple[int, ...]
    numbers: bytes

    def agreeing(self, numbers: bytes) -> int:
        """The number of numbers in which another signature agrees. One in sixteen different ones counts too."""
        differing = int.from_bytes(self.numbers) ^ int.from_bytes(numbers)
        differing |= differing >> 2
        return _SLOTS - ((differing | differing >> 1) & _NIBBLES).bit_count()


def signature_of(features: Collection[str]) -> Signature | None:
    """The signature of a set of strings; None for an empty set."""
    if not features:
        return None
    from rensa import RMinHash  # the dashboard starts, reads and lists without it

    hashed = RMinHash(num_perm=_SLOTS, seed=1)
    hashed.update(list(features))
    numbers = hashed.digest()
    parts = (numbers[band * ROWS : (band + 1) * ROWS] for band in range(BANDS))
    return Signature(tuple(_key_of(band, part) for band, part in enumerate(parts)), _low_bits(numbers))


def _key_of(band: int, numbers: Iterable[int]) -> int:
    """A band's numbers as one of `KEY_BITS` bits: a polynomial over a prime field, the same on every machine."""
    key = band + 1
    for number in numbers:
        key = (key * _FACTOR + number) % _PRIME
    return key & (1 << KEY_BITS) - 1


def _low_bits(numbers: Sequence[int]) -> bytes:
    """The last four bits of each number, two numbers a byte."""
    return bytes((first & 15) << 4 | second & 15 for first, second in zip(numbers[::2], numbers[1::2], strict=True))
