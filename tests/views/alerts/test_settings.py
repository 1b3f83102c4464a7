"""Settings of reminders: figures changed by hand or refused with field, value and rule; examples; own conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from terminal.alerts.alert import AlertKind
from terminal.alerts.conditions import Condition, read_condition
from terminal.alerts.thresholds import NEVER_OFF, Thresholds, changed, read_thresholds, with_changes
from terminal.domain.errors import BadInput
from terminal.rules.profile import Profile
from terminal.services.desk import Desk
from terminal.views.alerts.builder import ConditionBuilder
from terminal.views.alerts.setting_fields import FIELD_WORDS, FIELDS_OF, read_figure, written
from terminal.views.alerts.settings_page import AlertSettingsPage
from terminal.views.alerts.settings_panel import AlertSettingsPanel
from terminal.views.alerts.sounds import Sounds, Tone
from terminal.views.appearance import Appearance
from terminal.views.translation import Languages
from tests.views.desk_rig import RESOURCES, HandClock, MemorySettings


@dataclass
class Store:
    """The user's figures and conditions, by the real rules."""

    defaults: Thresholds
    kept: dict[str, object] = field(default_factory=dict)
    own: dict[str, Condition] = field(default_factory=dict)

    @property
    def thresholds(self) -> Thresholds:
        return with_changes(self.defaults, self.kept)[0]

    def set_threshold(self, name: str, value: object) -> None:
        if value is None:
            self.kept.pop(name, None)
            return
        changed(self.thresholds, name, value)
        self.kept[name] = value

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(self.own.values())

    def set_condition(self, values: Mapping[str, object]) -> None:
        condition = read_condition(dict(values))
        self.own[condition.name] = condition

    def remove_condition(self, name: str) -> None:
        del self.own[name]


@pytest.fixture
def store(profile: Profile) -> Store:
    text = (RESOURCES / "alerts" / "defaults.toml").read_text("utf-8")
    return Store(read_thresholds(profile, text, "defaults.toml"))


@pytest.fixture
def heard() -> list[Tone]:
    return []


@pytest.fixture
def page(
    qtbot: QtBot,
    store: Store,
    appearance: Appearance,
    settings: MemorySettings,
    monotonic: HandClock,
    heard: list[Tone],
) -> AlertSettingsPage:
    sounds = Sounds(settings, lambda tone, _: heard.append(tone), monotonic)
    page = AlertSettingsPage(store, sounds, appearance, lambda: None)
    qtbot.addWidget(page)
    page.resize(960, 520)
    page.show()
    return page


def type_in(page: AlertSettingsPage, name: str, text: str) -> None:
    page.lines[name].setText(text)
    page.take(name)


def row_of(page: AlertSettingsPage, kind: AlertKind) -> list[str]:
    row = page.model.row_of(kind.value)
    assert row is not None
    return page.model.plain_rows()[row]


def test_every_kind_stands_in_the_table_with_its_figures(page: AlertSettingsPage) -> None:
    assert page.model.rowCount() == len(AlertKind)
    assert row_of(page, AlertKind.EXERCISE) == [
        "Exercise", "Sheet", "✓ always", "2, 1, 0 · 14:30, 15:10", "every 10 min, last 60 min", "alarm"
    ]  # fmt: skip
    assert row_of(page, AlertKind.LISTING) == ["New contracts", "Toast", "✓", "", "once", "no sound"]
    assert row_of(page, AlertKind.COVERED_SHORTFALL)[4] == "at 09:00"


def test_every_field_belongs_to_a_kind_and_is_worded() -> None:
    fields = {name for names in FIELDS_OF.values() for name in names}
    of_rules = set(Thresholds.__struct_fields__) - {"group_from", "off", "repetition"}
    assert fields == of_rules
    assert fields <= set(FIELD_WORDS)


@pytest.mark.parametrize(
    ("kind", "name", "text", "value"),
    [
        (AlertKind.NEAR_EXPIRY, "near_expiry_days", "7", "7"),
        (AlertKind.EXERCISE, "exercise_days", "3，1 0", "3, 1, 0"),
        (AlertKind.EXERCISE, "exercise_times", "14:00, 15:00, 15:20", "14:00, 15:00, 15:20"),
        (AlertKind.NOT_CLOSED, "not_closed_from", "13:30", "13:30"),
        (AlertKind.MARGIN, "margin_warn", "0.75", "0.75"),
        (AlertKind.STALE_DATA, "stale_seconds", "20", "20"),
    ],
)
def test_a_figure_is_in_force_when_its_field_is_left(
    page: AlertSettingsPage, store: Store, kind: AlertKind, name: str, text: str, value: str
) -> None:
    page.show_kind(kind)
    type_in(page, name, text)
    assert page.complaint.text() == ""
    assert written(getattr(store.thresholds, name)) == value
    assert value in row_of(page, kind)[3]
    page.default.click()
    assert store.thresholds == store.defaults


@pytest.mark.parametrize(
    ("kind", "name", "text", "said"),
    [
        (AlertKind.STALE_DATA, "stale_seconds", "soon", "Seconds without a quote: soon is not accepted: a whole"),
        (AlertKind.STALE_DATA, "stale_seconds", "0", "Seconds without a quote: 0 is not accepted"),
        (AlertKind.STALE_DATA, "stale_seconds", "-4", "a whole number"),
        (AlertKind.EXERCISE, "exercise_times", "25:00", "a time of day such as 14:30"),
        (AlertKind.EXERCISE, "exercise_days", "2, 1", "holds 0, the expiry day itself"),
        (AlertKind.MARGIN, "margin_warn", "nan", "a number such as 0.9"),
        (AlertKind.MARGIN, "margin_warn", "9", "at most margin_call"),
        (AlertKind.POSITION_LIMIT, "position_limit", "1.2", "above 0, at most 1"),
        (AlertKind.MARGIN, "every_minutes", "2000", "is not accepted"),
        (AlertKind.MARGIN, "at", "noon", "a time of day such as 14:30"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_field_value_and_rule(
    page: AlertSettingsPage, store: Store, kind: AlertKind, name: str, text: str, said: str
) -> None:
    page.show_kind(kind)
    type_in(page, name, text)
    assert said in page.complaint.text()
    assert text.split(",")[0] in page.complaint.text() or "margin_call" in page.complaint.text()
    assert store.thresholds == store.defaults
    # What was typed stays in its field, to be put right
    assert page.lines[name].text() == text


def test_repetitions_of_several_kinds_stand_beside_each_other(page: AlertSettingsPage, store: Store) -> None:
    page.show_kind(AlertKind.MARGIN)
    type_in(page, "every_minutes", "20")
    page.show_kind(AlertKind.LISTING)
    type_in(page, "at", "9:30, 13:00".replace("9:30", "09:30"))
    page.show_kind(AlertKind.EXERCISE)
    type_in(page, "every_minutes", "")
    type_in(page, "within_minutes", "")
    repetition = store.thresholds.repetition
    assert repetition[AlertKind.MARGIN].every_minutes == 20
    assert written(repetition[AlertKind.LISTING].at) == "09:30, 13:00"
    assert repetition[AlertKind.EXERCISE].every_minutes is None
    assert repetition[AlertKind.EXERCISE].within_minutes is None
    assert repetition[AlertKind.FORCED_CLOSE] == store.defaults.repetition[AlertKind.FORCED_CLOSE]


def test_a_kind_is_switched_off_but_for_those_that_must_be_heard(page: AlertSettingsPage, store: Store) -> None:
    page.show_kind(AlertKind.LISTING)
    page.on.click()
    assert store.thresholds.off == (AlertKind.LISTING,)
    assert row_of(page, AlertKind.LISTING)[2] == "✕"
    page.on.click()
    assert not store.thresholds.off
    for kind in NEVER_OFF:
        page.show_kind(kind)
        assert not page.on.isEnabled()
        assert page.on.toolTip() == "This kind cannot be switched off"


def test_a_sound_is_chosen_and_heard_and_an_example_asked_for(
    page: AlertSettingsPage, heard: list[Tone], qtbot: QtBot
) -> None:
    page.show_kind(AlertKind.LISTING)
    page.tone.setCurrentIndex(page.tone.findData("knock"))
    page.tone.activated.emit(page.tone.currentIndex())
    page.mute.click()
    page.hear.click()
    assert heard == [Tone.KNOCK]
    assert row_of(page, AlertKind.LISTING)[5] == "knock"
    with qtbot.waitSignal(page.sample_wanted) as wanted:
        page.show_me.click()
    assert wanted.args == [AlertKind.LISTING]


@pytest.mark.parametrize("text", ["", " ", "x" * 100, "1e9", "٣", "0x10", "1.5"])
def test_only_whole_numbers_are_whole_numbers(text: str) -> None:
    with pytest.raises(BadInput):
        read_figure("stale_seconds", text, 10)


# ---- conditions of one's own


@pytest.fixture
def reading() -> list[float | None]:
    """What the condition measures now."""
    return [0.27]


@pytest.fixture
def builder(
    qtbot: QtBot, store: Store, desk: Desk, appearance: Appearance, reading: list[float | None]
) -> ConditionBuilder:
    builder = ConditionBuilder(
        store, desk.market, lambda _: reading[0], lambda: desk.market.contracts[4].code, appearance
    )
    qtbot.addWidget(builder)
    builder.show()
    return builder


def fill(builder: ConditionBuilder, **texts: str) -> None:
    for name, text in texts.items():
        line = getattr(builder, name)
        if name in ("measure", "comparison", "how"):
            line.setCurrentIndex(line.findData(text))
        else:
            line.setText(text)


def test_a_condition_is_built_changed_and_deleted(builder: ConditionBuilder, store: Store) -> None:
    fill(builder, name="vol", measure="volatility", comparison="above", threshold="0.25", how="daily", back="0.01")
    QTest.mouseClick(builder.here, Qt.MouseButton.LeftButton)
    assert builder.unit.text() == "a part of one: 0.25 is 25 %"
    assert builder.keep()
    assert builder.said.text() == "In force: vol"
    assert builder.model.plain_rows() == [
        ["vol", "volatility", "50ETF Nov 2.50 Call", "above", "0.25", "once a day", "Toast"]
    ]
    fill(builder, threshold="0.3")
    assert builder.keep()
    assert [f"{c.threshold}" for c in store.conditions] == ["0.3"]
    builder.name.setText("other")
    builder.table.clearSelection()
    builder.table.selectRow(0)
    builder.table.selectionModel().currentRowChanged.emit(builder.model.index(0, 0), builder.model.index(-1, 0))
    assert builder.values()["name"] == "vol"
    builder.remove()
    assert store.conditions == ()
    assert builder.model.rowCount() == 0


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"name": ""}, "reminder condition"),
        ({"of": "1234"}, "of: 1234 is not accepted: an 8-digit contract code"),
        ({"of": "book"}, "is measured of a contract or an underlying"),
        ({"threshold": "much"}, "is not accepted"),
        ({"threshold": "nan"}, "threshold: "),
        ({"back": "-1"}, "hysteresis: "),
    ],
)
def test_a_condition_that_cannot_be_is_refused(
    builder: ConditionBuilder, store: Store, texts: dict[str, str], said: str
) -> None:
    fill(builder, name="p", measure="price", of="510050", comparison="below", threshold="2.4")
    fill(builder, **texts)
    assert not builder.keep()
    assert said in builder.said.text()
    assert store.conditions == ()


def test_a_condition_is_tried_out(builder: ConditionBuilder, reading: list[float | None], qtbot: QtBot) -> None:
    fill(builder, name="vol", measure="volatility", of="510050", comparison="above", threshold="0.25")
    with qtbot.waitSignal(builder.sample_wanted) as wanted:
        builder.test.click()
    assert builder.said.text() == "Now 0.27: met"
    assert wanted.args is not None
    assert (wanted.args[0].name, wanted.args[1]) == ("vol", 0.27)
    reading[0] = 0.2
    builder.test.click()
    assert builder.said.text() == "Now 0.2: not met"
    reading[0] = None
    builder.test.click()
    assert builder.said.text() == "There is no sound value now"


def test_the_panel_makes_its_pages_when_it_is_seen_and_follows_the_language(
    qtbot: QtBot, page: AlertSettingsPage, builder: ConditionBuilder, languages: Languages
) -> None:
    panel = AlertSettingsPanel(lambda: page, lambda: builder)
    qtbot.addWidget(panel)
    assert panel.tabs is None
    panel.resize(500, 600)
    panel.show()
    assert panel.tabs is not None
    languages.use("zh_CN")
    page.retranslate()
    builder.retranslate()
    assert row_of(page, AlertKind.EXERCISE)[:2] == ["到期行权", "确认页"]
    assert builder.measure.itemText(1) == "波动率"
    for part in (page, builder):
        part.setParent(None)


def test_the_models_are_sound(page: AlertSettingsPage, builder: ConditionBuilder, qtmodeltester: object) -> None:
    qtmodeltester.check(page.model)  # type: ignore[attr-defined]
    qtmodeltester.check(builder.model)  # type: ignore[attr-defined]
