"""Quoting obligations of market makers (做市义务): their terms, when a quote counts, and the measure of a day."""
