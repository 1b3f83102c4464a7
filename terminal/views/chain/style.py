"""How a cell looks, packed into one whole number, so that a whole chain is compared with what was painted at once."""

from enum import IntEnum, IntFlag


class Ink(IntEnum):
    """The role of the colour a cell is written in: the low four bits."""

    TEXT = 0
    SECOND = 1
    DIM = 2
    UP = 3
    DOWN = 4
    FLAT = 5
    BID = 6
    ASK = 7
    OWN = 8
    POSITION = 9
    THEO = 10
    WARN = 11
    FAINT = 12


class Mark(IntFlag):
    """What else is drawn."""

    BOLD = 1 << 4
    STALE = 1 << 5
    """Italic and dim: no change for three seconds while the underlying moves"""
    HATCH = 1 << 6
    """Locked, crossed or in a breaker's auction"""
    OWN_TOUCH = 1 << 7
    """My order is the best price: filled, solid bar"""
    OWN_BEHIND = 1 << 8
    LIMIT_UP = 1 << 9
    LIMIT_DOWN = 1 << 10
    FLASH_DOWN = 1 << 13
    IN_THE_MONEY = 1 << 14
    AT_THE_MONEY = 1 << 15
    IN_RANGE = 1 << 21
    """A strike that the underlying's price passed today"""
    EDGE = 1 << 22
    """A bid above the theoretical price, an ask below it, or an edge of a tick and more"""


class Lamp(IntEnum):
    """State of one contract, shown beside the strike; told apart by shape first."""

    NONE = 0
    """Not listed"""
    LIVE = 1
    ONE_SIDED = 2
    EMPTY = 3
    INVERTED = 4
    """Locked or crossed"""
    AUCTION = 5
    BREAKER = 6
    HALTED = 7
    LIMIT_UP = 8
    """Bid at the upper limit and nobody sells"""
    LIMIT_DOWN = 9


INK_MASK = 0xF
FLASH_SHIFT = 11
FLASH_MASK = 0b11 << FLASH_SHIFT
BAR_SHIFT = 16
BAR_STEPS = 20
BAR_MASK = 0x1F << BAR_SHIFT
#: Bits 16-20 hold the depth bar, 24-31 the lamps of a strike, and of a figure what it stands on: a `Quality`
QUALITY_SHIFT = 24
QUALITY_MASK = 0x7 << QUALITY_SHIFT
CALL_LAMP_SHIFT = 24
PUT_LAMP_SHIFT = 28
GROUND_SHIFT = 14
