"""What exercise, assignment and cover are worth and need (行权、指派与备兑), rulebook 6 and 7: over plain figures."""
