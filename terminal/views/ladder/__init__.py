"""The price ladder (阶梯报价): one contract's book by tick, mine in it, and orders by one click while it is armed."""
