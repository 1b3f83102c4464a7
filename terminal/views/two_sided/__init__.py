"""The parts that every screen for a two-sided quote (双边报价) by hand is made of."""
