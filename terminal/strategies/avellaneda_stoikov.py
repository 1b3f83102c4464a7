"""The market maker's reservation price of Avellaneda and Stoikov, "High-frequency trading in a limit order book",
Quantitative Finance 8(3), 2008, 217-224.

A dealer with constant absolute risk aversion gamma holds q of an asset that moves as a Brownian motion of volatility
sigma until T. He quotes around his reservation price (29) r = s - q gamma sigma^2 (T - t). How far from it is not taken
from the paper: the quoter's width is what is set, and what the obligation allows. The paper's own simulation, played
with this price, is a test (tests/strategies/test_avellaneda_stoikov.py).
"""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def reservation_price(
    price: FloatArray | float, inventory: FloatArray | float, risk_aversion: float, variance: FloatArray | float
) -> FloatArray:
    """Equation (29). `variance` is sigma squared times the time left."""
    return np.asarray(price - inventory * risk_aversion * variance)
