"""Leaving with orders that work: three answers, none of them by accident, and nothing stands still meanwhile."""

import asyncio
from asyncio import AbstractEventLoop
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from terminal.views.exit_question import ExitChoice, ExitQuestion, ask_exit
from terminal.views.translation import Languages


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    return window


def question_of(window: QMainWindow) -> ExitQuestion:
    (question,) = window.findChildren(ExitQuestion)
    assert isinstance(question, ExitQuestion)
    return question


def press(choice: ExitChoice) -> Callable[[ExitQuestion], None]:
    return lambda question: QTest.mouseClick(question.button_of(choice), Qt.MouseButton.LeftButton)


def key(key: Qt.Key) -> Callable[[ExitQuestion], None]:
    return lambda question: QTest.keyClick(question, key)


async def answered(window: QMainWindow, answer: Callable[[ExitQuestion], None]) -> ExitChoice:
    asking = asyncio.ensure_future(ask_exit(window, 3))
    await asyncio.sleep(0)
    answer(question_of(window))
    return await asking


@pytest.mark.parametrize(
    ("answer", "choice"),
    [
        (press(ExitChoice.CANCEL), ExitChoice.CANCEL),
        (press(ExitChoice.LEAVE), ExitChoice.LEAVE),
        (press(ExitChoice.STAY), ExitChoice.STAY),
        (key(Qt.Key.Key_Escape), ExitChoice.STAY),
        (key(Qt.Key.Key_Return), ExitChoice.STAY),
        (lambda question: question.close(), ExitChoice.STAY),
    ],
    ids=["cancel", "leave", "stay", "escape", "enter", "close"],
)
def test_each_answer_is_what_it_says(
    qt_loop: AbstractEventLoop, window: QMainWindow, answer: Callable[[ExitQuestion], Any], choice: ExitChoice
) -> None:
    assert qt_loop.run_until_complete(answered(window, answer)) is choice


def test_the_desk_goes_on_while_the_question_stands(qt_loop: AbstractEventLoop, window: QMainWindow) -> None:
    async def story() -> int:
        asking = asyncio.ensure_future(ask_exit(window, 1))
        turns = 0
        for _ in range(20):
            await asyncio.sleep(0)
            turns += 1
        assert not asking.done()
        assert question_of(window).isVisible()
        press(ExitChoice.STAY)(question_of(window))
        await asking
        return turns

    assert qt_loop.run_until_complete(story()) == 20


def test_who_no_longer_waits_takes_the_question_away(qt_loop: AbstractEventLoop, window: QMainWindow) -> None:
    async def story() -> None:
        asking = asyncio.ensure_future(ask_exit(window, 1))
        await asyncio.sleep(0)
        question = question_of(window)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        assert not isValid(question) or not question.isVisible()

    qt_loop.run_until_complete(story())


def test_a_minimised_window_comes_back_to_ask(qt_loop: AbstractEventLoop, window: QMainWindow) -> None:
    window.showMinimized()
    qt_loop.run_until_complete(answered(window, press(ExitChoice.STAY)))
    assert not window.isMinimized()


@pytest.mark.requirement("X12")
def test_the_question_is_asked_in_the_language_of_the_screen(
    qt_loop: AbstractEventLoop, window: QMainWindow, languages: Languages
) -> None:
    def read(question: ExitQuestion) -> None:
        texts = [question.text(), *(question.button_of(choice).text() for choice in ExitChoice)]
        assert texts == ["Orders that still work: 3", "Cancel them and leave", "Leave them", "Stay"]
        languages.use("zh_CN")
        QCoreApplication.sendPostedEvents()
        texts = [question.text(), *(question.button_of(choice).text() for choice in ExitChoice)]
        assert texts == ["尚有 3 笔委托未了结", "撤单并退出", "保留委托并退出", "不退出"]
        question.close()

    qt_loop.run_until_complete(answered(window, read))


def test_quotes_are_counted_beside_orders(window: QMainWindow, languages: Languages) -> None:
    for working, quotes, said in (
        (2, 0, ["Orders that still work: 2"]),
        (0, 5, ["Contracts that are still quoted: 5"]),
        (2, 5, ["Orders that still work: 2", "Contracts that are still quoted: 5"]),
    ):
        assert ExitQuestion(window, working, quotes).text().splitlines() == said
