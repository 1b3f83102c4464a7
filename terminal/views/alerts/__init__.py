"""Reminders on screen (提醒): toasts, cards, the sheet that holds orders, their drawer, sounds and settings."""
