"""The fixed terms of all options of one underlying, and which of them belong together.

A node is one strike of one series of one expiry: its call and its put are twins (孪生) and share a volatility. After an
adjustment a strike may stand twice in a month, so a strike alone names nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ChainTerms:
    """One array entry per option unless said otherwise; -1 stands for no such option."""

    sign: FloatArray
    """+1 for calls, -1 for puts"""
    strike: FloatArray
    multiplier: FloatArray
    expiry_of: IntArray
    """Number of the option's expiry"""
    expiries: int
    twin: IntArray
    """The other right at the same strike of the same series"""
    node_of: IntArray
    """Number of the option's node"""
    node_call: IntArray
    """Option number of each node's call; nodes are sorted by expiry and strike"""
    node_put: IntArray
    node_expiry: IntArray
    node_log_strike: FloatArray
    pair_node: IntArray
    """Nodes with both rights, shape (expiries, most pairs of an expiry), filled up with -1"""

    @classmethod
    def of(
        cls,
        *,
        is_call: Sequence[bool],
        strike: Sequence[float],
        multiplier: Sequence[float],
        expiry_of: Sequence[int],
        series: Sequence[str],
        expiries: int,
    ) -> "ChainTerms":
        """Sort out who belongs to whom. `series` is the adjustment letter, or anything that parts series of a month."""
        keys = list(zip(expiry_of, strike, series, strict=True))
        nodes = sorted(set(keys))
        number = {key: n for n, key in enumerate(nodes)}
        node_of = np.array([number[key] for key in keys], dtype=np.int64)
        calls, puts = (np.full(len(nodes), -1, dtype=np.int64) for _ in range(2))
        for option, (node, call) in enumerate(zip(node_of.tolist(), is_call, strict=True)):
            (calls if call else puts)[node] = option
        node_expiry = np.array([expiry for expiry, _, _ in nodes], dtype=np.int64)
        paired = (calls >= 0) & (puts >= 0)
        of_expiry = [np.flatnonzero(paired & (node_expiry == n)) for n in range(expiries)]
        pair_node = np.full((expiries, max(map(len, of_expiry), default=0)), -1, dtype=np.int64)
        for expiry, members in enumerate(of_expiry):
            pair_node[expiry, : len(members)] = members
        rights = np.asarray(is_call, dtype=np.bool_)
        return cls(
            sign=np.where(rights, 1.0, -1.0),
            strike=np.array(strike, dtype=np.float64),
            multiplier=np.array(multiplier, dtype=np.float64),
            expiry_of=np.array(expiry_of, dtype=np.int64),
            expiries=expiries,
            twin=np.where(rights, puts[node_of], calls[node_of]) if len(nodes) else node_of,
            node_of=node_of,
            node_call=calls,
            node_put=puts,
            node_expiry=node_expiry,
            node_log_strike=np.log(np.array([price for _, price, _ in nodes], dtype=np.float64)),
            pair_node=pair_node,
        )
