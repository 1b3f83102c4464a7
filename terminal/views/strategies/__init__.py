"""Strategies on screen (策略): what there is, how each does, their parameters and limit sheets, their reports."""
