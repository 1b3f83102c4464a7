"""Strategies (策略): they look at the desk through a read-only view and ask; the gate decides what leaves."""
