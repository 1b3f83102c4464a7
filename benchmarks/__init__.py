"""Every speed figure that the documents quote. `python3 dev.py bench` runs all, `python3 dev.py bench NAME` one."""
