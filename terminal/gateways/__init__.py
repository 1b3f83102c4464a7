"""Doors to a venue, all behind `domain.ports.Gateway`."""
