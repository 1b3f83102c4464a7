"""Who decides (决定人): the name that goes with every re-arming and lifting, wherever it is asked."""

from PySide6.QtWidgets import QLineEdit

from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.settings import Settings

_KEY = "quoting.person"
_LONGEST_NAME = 40


class PersonField(QLineEdit):
    """Kept from day to day. `follow` takes what was typed into another one."""

    def __init__(self, maker: MakerDesk, settings: Settings) -> None:
        super().__init__()
        self._maker = maker
        self._settings = settings
        self.setMaxLength(_LONGEST_NAME)
        kept = settings.read(_KEY)
        self.setText(kept[:_LONGEST_NAME] if isinstance(kept, str) else "")
        maker.person = self.text()
        self.textChanged.connect(self._take)

    def follow(self) -> None:
        """Show the name in force, unless one is being typed here."""
        if not self.hasFocus() and self.text().strip() != self._maker.person.strip():
            self.setText(self._maker.person)

    def _take(self, text: str) -> None:
        name = text.strip() if text.isprintable() else ""
        if name != self._maker.person:
            self._maker.person = name
            self._settings.write(_KEY, name)
