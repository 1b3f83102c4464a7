"""Plug-ins, which run in a process of their own: what desk and worker say to each other, and both ends of it."""
