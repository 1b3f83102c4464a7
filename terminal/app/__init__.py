"""Builds and runs the desk: with views, the only place that knows Qt, and the only one that knows every class."""

import argparse


def run_desk(options: argparse.Namespace) -> int:
    """Open the desk and run it to its end; gives the exit code."""
    # Here and not above: what a run without a screen takes from this package must not load Qt
    from terminal.app.start import start_desk

    return start_desk(options)
