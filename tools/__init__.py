"""The workshop: what dev.py and the makers of resource files need; standard library only, never shipped."""
