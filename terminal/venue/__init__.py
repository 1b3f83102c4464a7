"""The market in the box: exchange, counter and crowd behind a link, a program of its own.

Desks reach it only through a gateway. Nothing here knows Qt or the desk's services.
"""
