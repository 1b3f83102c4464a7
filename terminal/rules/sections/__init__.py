"""The tables of a rule profile (规则版本), split by subject; `rules/profile.py` reads them."""
