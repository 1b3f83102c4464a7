"""The disk: journal, market files, calendar, settings."""
