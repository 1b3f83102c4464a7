"""Simulated participants that keep the market alive. Pure and seeded: one seed, one day, the same orders."""
