"""Builds and runs the desk: with views, the only place that knows Qt, and the only one that knows every class."""

from terminal.app.run import run_desk

__all__ = ["run_desk"]
