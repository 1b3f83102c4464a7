"""Scripted days (教学): scenario files, the script that plays them, checkpoints, score and debrief."""
