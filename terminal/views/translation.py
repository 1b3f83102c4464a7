"""Languages at run time: English stands in the code, every other language in `<folder>/<language>/*.ts`.

A text reaches the screen through `self.tr("...")` or `QCoreApplication.translate("Context", "...")`; a text kept in a
table is named by `mark("Context", "...")` and translated when it is shown, so that a switch of language reaches it.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator, Signal

from terminal.domain.errors import BadFile, ConfigurationError

logger = logging.getLogger(__name__)

SOURCE_LANGUAGE = "en"
#: A translation file of ours is some 50 KB; anything near this is not one
MAX_FILE_BYTES = 2 * 1024 * 1024
Catalogue = dict[tuple[str, str], str]


def mark(context: str, text: str) -> str:
    """Name a text for translation where it is defined; it is translated where it is shown."""
    return text


def translate(context: str, text: str) -> str:
    """The text in the language in force."""
    return QCoreApplication.translate(context, text)


def read_catalogue(path: Path) -> Catalogue:
    """Finished translations of one Qt .ts file by context and source text.

    Raises BadFile for a file that is too large, not XML, or declares entities.
    """
    if path.stat().st_size > MAX_FILE_BYTES:
        raise BadFile("translation file", path.name, f"at most {MAX_FILE_BYTES} bytes", file_name=path.name)
    data = path.read_bytes()
    if b"<!ENTITY" in data:
        # An entity may stand for gigabytes of text; a translation needs none
        raise BadFile("translation file", "<!ENTITY", "entities are not allowed", file_name=path.name)
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, expat.ExpatError, ValueError) as error:
        raise BadFile("translation file", error, "well-formed XML", file_name=path.name) from error
    return dict(_messages(root))


def _messages(root: ElementTree.Element) -> Iterator[tuple[tuple[str, str], str]]:
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None and translation.text:
                yield (name, message.findtext("source", "")), translation.text


class Translator(QTranslator):
    """Looks texts up in dictionaries read from .ts files, so that no compiled file has to be kept in step."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    def isEmpty(self) -> bool:
        """Qt installs no empty translator."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        """The translation, or the source text itself where there is none."""
        return self._catalogue.get((context, source), source)


class Languages(QObject):
    """The languages found in `folder` and the one in force."""

    changed = Signal(str)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._language = SOURCE_LANGUAGE
        self._installed: list[QTranslator] = []

    @property
    def language(self) -> str:
        """The language in force: `en`, `zh_CN`."""
        return self._language

    @property
    def available(self) -> tuple[str, ...]:
        """English and every language with a folder of its own."""
        if not self._folder.is_dir():
            return (SOURCE_LANGUAGE,)
        return SOURCE_LANGUAGE, *sorted(f.name for f in self._folder.iterdir() if any(f.glob("*.ts")))

    def use(self, language: str) -> None:
        """Put a language in force; open windows get a LanguageChange event.

        Raises ConfigurationError for one that is not available, BadFile for a file that cannot be read: the language
        before stays in force.
        """
        if language not in self.available:
            raise ConfigurationError(f"language {language!r} is not one of {', '.join(self.available)}")
        translators = [] if language == SOURCE_LANGUAGE else self._load(language)
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        # Asked in the reverse of this order: Qt's own file knows the standard buttons, ours answers everything else
        for new in translators:
            QCoreApplication.installTranslator(new)
        self._installed = translators
        if language != self._language:
            self._language = language
            self.changed.emit(language)

    def leave(self) -> None:
        """Take the translations away: whoever comes after in this process speaks for himself."""
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        self._installed = []

    def _load(self, language: str) -> list[QTranslator]:
        catalogue: Catalogue = {}
        for path in sorted((self._folder / language).glob("*.ts")):
            catalogue.update(read_catalogue(path))
        translators: list[QTranslator] = [Translator(catalogue, self)]
        standard = QTranslator(self)
        where = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if standard.load(f"qtbase_{language}", where):
            translators.append(standard)
        else:
            logger.info("Qt has no texts of its own in %s", language)
        return translators
