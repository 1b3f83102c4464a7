"""Keeps what stands over the window in front of its docks: a layout that moves a dock puts it above all else."""

from PySide6.QtWidgets import QDockWidget, QWidget


def keep_in_front(widget: QWidget) -> None:
    """Bring a child of the window up again where a dock came over its middle; nothing else is gone before."""
    window = widget.parentWidget()
    if widget.isHidden() or window is None:
        return
    above = window.childAt(widget.geometry().center())
    while above is not None and above is not widget and above is not window:
        if isinstance(above, QDockWidget) and not above.isFloating():
            widget.raise_()
            return
        above = above.parentWidget()
