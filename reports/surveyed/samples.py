"""How many answers a survey needs: the table of Krejcie and Morgan, which PermenPAN-RB 14/2017 has units use. Pure."""

from decimal import ROUND_HALF_UP, Decimal

_CHI_SQUARE = Decimal("3.841")  # of one degree of freedom at 95 %
_SPREAD = Decimal("0.25")  # P times Q, where P is a half
_MARGIN = Decimal("0.0025")  # five percent, squared


def sample_of(population: int) -> int:
    """Return how many of a population must answer; a population of none needs none."""
    if population <= 0:
        return 0
    spread = _CHI_SQUARE * _SPREAD
    size = spread * population / (_MARGIN * (population - 1) + spread)
    return int(size.quantize(Decimal(1), rounding=ROUND_HALF_UP))
