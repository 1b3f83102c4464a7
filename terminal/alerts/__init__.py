"""Reminders (提醒): rules find what a person must know, the engine decides when to say it, and remembers."""
