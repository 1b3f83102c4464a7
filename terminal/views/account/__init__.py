"""Screens of the account: instructions that are no orders, combinations, deliveries, queries, rights."""
