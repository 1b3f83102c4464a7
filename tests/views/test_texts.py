"""Every code the program knows has words on screen, in both languages, and figures stay readable and bounded."""

from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum

import pytest
from msgspec.structs import replace

from terminal.domain.accounts import PositionSide
from terminal.domain.calendar import SHANGHAI
from terminal.domain.contracts import Right
from terminal.domain.forced import ForcedCause
from terminal.domain.messages import Capability, Notice, NoticeKind
from terminal.domain.orders import Instruction, OrderStatus, OrderType, PositionEffect, Side
from terminal.domain.phases import Phase
from terminal.domain.ports import LinkState
from terminal.domain.reasons import Denial, Reason
from terminal.rules.profile import Profile
from terminal.rules.protection.market_maker import Measure
from terminal.rules.protection.pull_rules import PullCause
from terminal.rules.protection.stops import StopTier
from terminal.services.desk import Desk
from terminal.services.events import AlarmKind, AlarmRaised, RecoveryFinished
from terminal.views import alarm_texts, notice_texts, texts
from terminal.views.obligation_words import OBLIGATION_WORDS
from terminal.views.translation import Languages

NOW = datetime(2026, 11, 9, 10, 30, tzinfo=SHANGHAI)
ENUMS: tuple[type[StrEnum], ...] = (
    Instruction,
    Side,
    PositionEffect,
    Right,
    OrderType,
    OrderStatus,
    PositionSide,
    Phase,
    LinkState,
    Capability,
    NoticeKind,
    AlarmKind,
    ForcedCause,
    Reason,
    *OBLIGATION_WORDS,
)


def is_chinese(text: str) -> bool:
    return any("一" <= letter <= "鿿" for letter in text)


@pytest.mark.requirement("X12")
@pytest.mark.parametrize("kind", ENUMS, ids=lambda kind: kind.__name__)
def test_every_member_has_words_in_both_languages(languages: Languages, kind: type[StrEnum]) -> None:
    english = [texts.words(member) for member in kind]
    assert all(text and text.isascii() for text in english)
    assert len(set(english)) == len(english)
    languages.use("zh_CN")
    chinese = [texts.words(member) for member in kind]
    assert all(is_chinese(text) for text in chinese)
    assert len(set(chinese)) == len(chinese)


@pytest.mark.parametrize(
    ("denial", "english", "chinese"),
    [
        (
            Denial(Reason.PRICE_LIMIT, "price", "0.7594", "0.0001-0.7593"),
            "The price lies outside the day's limits (0.7594, allowed 0.0001-0.7593)",
            "价格超出当日涨跌停范围（0.7594，允许 0.0001-0.7593）",
        ),
        (
            Denial(Reason.FUNDS, "quantity", "1,200.00", "300.00"),
            "Not enough funds (needed 1,200.00, available 300.00)",
            "可用资金不足（需要 1,200.00，可用 300.00）",
        ),
        (
            Denial(Reason.ORDER_TYPE_NOT_NOW, "order_type", "IOC", "CLOSING_AUCTION"),
            "This order type is not taken in this trading phase (Market IOC, phase Closing auction)",
            "当前交易阶段不接受此委托类型（市价IOC，当前 收盘集合竞价）",
        ),
        (
            Denial(Reason.OPENING_RESTRICTED, "instruction", "BUY_OPEN", "COVERED_OPEN"),
            "Opening is restricted; closing and covered opening are allowed (Buy open, allowed Covered open)",
            "限制开仓，只可平仓或备兑开仓（买入开仓，允许 备兑开仓）",
        ),
        (Denial(Reason.NOT_CONNECTED), "No line to the venue, or it is still recovering", "未连接柜台或正在恢复"),
    ],
    ids=lambda value: value.reason if isinstance(value, Denial) else "",
)
def test_a_refusal_names_its_figures(languages: Languages, denial: Denial, english: str, chinese: str) -> None:
    assert texts.denial_sentence(denial) == english
    languages.use("zh_CN")
    assert texts.denial_sentence(denial) == chinese


@pytest.mark.fault("F46")
def test_text_of_a_venue_is_escaped_and_cut() -> None:
    sentence = texts.reason_sentence(Reason.MALFORMED, "bad\u202etxt\n" + "x" * 500)
    assert "\u202e" not in sentence
    assert "\n" not in sentence
    assert len(sentence) < 150


def test_a_notice_says_what_it_is_about(desk: Desk, languages: Languages) -> None:
    expiry = Notice(
        kind=NoticeKind.EXPIRY, at=NOW, number=1, underlying="510050", figures={"day": "2026-11-25", "count": "20"}
    )
    halt = Notice(kind=NoticeKind.SUSPENSION, at=NOW, number=2, codes=("10000001",))
    session = Notice(kind=NoticeKind.SESSION, at=NOW, number=3, figures={"phase": "U"})
    market = desk.market
    assert notice_texts.notice_sentence(expiry, market) == "50ETF: 20 contracts expire on 2026-11-25"
    assert notice_texts.notice_sentence(halt, market) == "50ETF Nov 2.40 Call: trading is halted"
    assert notice_texts.notice_sentence(session, market) == "Closing auction"
    languages.use("zh_CN")
    assert notice_texts.notice_sentence(halt, market) == "50ETF购11月2400：停牌"


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_kind_of_notice_makes_a_sentence_without_figures_too(desk: Desk, kind: NoticeKind) -> None:
    for underlying in ("", "510050", "999999"):
        sentence = notice_texts.notice_sentence(Notice(kind=kind, at=NOW, number=1, underlying=underlying), desk.market)
        assert sentence
        assert "{" not in sentence


def test_alarms_and_recovery_are_told_with_their_figures(desk: Desk, languages: Languages) -> None:
    broken = AlarmRaised(AlarmKind.RECONCILIATION, NOW, ("10000001", "long", "5", "3"))
    refused = AlarmRaised(AlarmKind.VENUE_REFUSED, NOW, (Reason.NOT_SUPPORTED, "Instruct"))
    assert alarm_texts.alarm_sentence(broken, desk.market) == "Contract 10000001: the desk counts 5, the counter 3"
    sentence = alarm_texts.alarm_sentence(refused, desk.market)
    assert sentence == "The venue refused a command: The venue does not offer this (Instruct)"
    pulled = AlarmRaised(AlarmKind.PROTECTION, NOW, ("510050", PullCause.STALE, PullCause.WIDE))
    sentence = alarm_texts.alarm_sentence(pulled, desk.market)
    assert sentence == "A protection pulled quotes or stopped trading: 50ETF, underlying stale, underlying wide"
    stopped = AlarmRaised(AlarmKind.PROTECTION, NOW, (f"stop {StopTier.CANCEL_ALL}", "dead man"))
    by_hand = AlarmRaised(AlarmKind.PROTECTION, NOW, (f"stop {StopTier.SIDE}", "wang"))
    told = "A protection pulled quotes or stopped trading: everything cancelled and stopped, the dead-man watch"
    assert alarm_texts.alarm_sentence(stopped, desk.market) == told
    assert alarm_texts.alarm_sentence(by_hand, desk.market).endswith(": one side stopped, wang")
    unnamed = AlarmRaised(AlarmKind.PROTECTION, NOW, (f"stop {StopTier.SIDE}", "c610273b"))
    told = ": one side stopped, this desk, no name given"
    assert alarm_texts.alarm_sentence(unnamed, desk.market).endswith(told)
    tripped = AlarmRaised(AlarmKind.PROTECTION, NOW, ("expiry 510050 2026-11-25", Measure.LOSS, "8340.7", "8000"))
    told = "A protection pulled quotes or stopped trading: 50ETF 2026-11-25 · Loss 8,341 / 8,000"
    assert alarm_texts.alarm_sentence(tripped, desk.market) == told
    whole = AlarmRaised(AlarmKind.PROTECTION, NOW, ("book", Measure.VOLUME, "600", "500"))
    assert alarm_texts.alarm_sentence(whole, desk.market).endswith(": Book · Volume 600 / 500")
    asked = AlarmRaised(AlarmKind.INQUIRY_UNANSWERED, NOW, ("10000001", "4"))
    told = "An inquiry is about to be missed: 50ETF Nov 2.40 Call, 4 s left"
    assert alarm_texts.alarm_sentence(asked, desk.market) == told
    finished = RecoveryFinished(orders=12, fills=3, working=2, in_doubt=1, replayed=0, instructions=6)
    assert (
        alarm_texts.recovery_sentence(finished)
        == "Recovered 12 orders, 3 fills, 2 working, 6 instructions, 1 asked for"
    )
    one = RecoveryFinished(orders=1, fills=1, working=0, in_doubt=0, replayed=0, instructions=1)
    assert alarm_texts.recovery_sentence(one) == "Recovered 1 order, 1 fill, 0 working, 1 instruction"
    languages.use("zh_CN")
    assert alarm_texts.alarm_sentence(stopped, desk.market).endswith("全部撤单并停止, 失联监护")
    assert alarm_texts.alarm_sentence(tripped, desk.market).endswith("50ETF 2026-11-25 · 亏损 8,341 / 8,000")
    assert alarm_texts.alarm_sentence(asked, desk.market) == "询价即将超时未应答：50ETF购11月2400，剩余 4 秒"
    assert (
        alarm_texts.recovery_sentence(finished)
        == "已恢复委托 12 笔、成交 3 笔，在市 2 笔，非交易指令 6 条，查询中 1 笔"
    )


@pytest.mark.fault("F19")
def test_a_forced_execution_is_named_by_its_contract_its_size_and_its_cause(desk: Desk, languages: Languages) -> None:
    def told(code: str, cause: ForcedCause) -> str:
        alarm = AlarmRaised(AlarmKind.UNORDERED_EXECUTION, NOW, (code, "4", cause))
        return alarm_texts.alarm_sentence(alarm, desk.market)

    assert told("10000001", ForcedCause.MARGIN) == "Closed by force for margin: 50ETF Nov 2.40 Call, size 4"
    assert told("10000001", ForcedCause.COVERED).startswith("Closed by force for missing cover: 50ETF Nov")
    assert told("9\u202e9", ForcedCause.OTHER) == r"Executed though nobody here ordered it: 9\u202e9, size 4"
    languages.use("zh_CN")
    assert told("10000001", ForcedCause.MARGIN) == "保证金不足，已被强行平仓：50ETF购11月2400，4 张"


@pytest.mark.requirement("A15")
@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        (time(11, 30), "by 11:30, or positions are closed by force from 13:00 on"),
        (time(10, 0), "by 10:00, or positions are closed by force from 10:00 on"),
    ],
)
def test_a_margin_call_names_the_moment_at_which_trading_lets_it_be_closed(
    profile: Profile, deadline: time, told: str
) -> None:
    rules = replace(profile, clearing=replace(profile.clearing, forced_close_by=deadline))
    assert alarm_texts.margin_call_sentence(Decimal("25031"), rules, NOW.date()).endswith(f"25,031.00 yuan {told}")


def test_a_contract_is_called_as_the_market_of_the_language_calls_it(desk: Desk, languages: Languages) -> None:
    contract = desk.market.contracts[3]
    assert texts.contract_name(contract, desk.market) == "50ETF Nov 2.45 Put"
    languages.use("zh_CN")
    assert texts.contract_name(contract, desk.market) == "50ETF沽11月2450"
