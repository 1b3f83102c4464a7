"""Market making put together: the services behind the panels, dashboard, cockpit, the summary in the top bar."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from terminal.app.export import Exporter
from terminal.app.terms_shelf import DeskTerms
from terminal.domain.ports import Record
from terminal.domain.quotes import EffectRule, Handling
from terminal.rules.obligations.terms import Terms
from terminal.rules.profile import Sessions
from terminal.services.answer_guard import AnswerGuard
from terminal.services.answer_log import AnswerLog
from terminal.services.desk import Desk
from terminal.services.obligation_scores import ObligationScores
from terminal.services.obligations import Obligations
from terminal.services.quote_drafts import QuoteDrafts
from terminal.services.quote_pauses import QuotePauses
from terminal.services.risk import RiskService
from terminal.services.theoretical import Theoretical
from terminal.strategies.responder_control import Responders
from terminal.views.appearance import Appearance
from terminal.views.frame_timer import BEAT, FRAMES_PER_SECOND, FrameTimer
from terminal.views.inquiries.kept_rules import KeptRules
from terminal.views.inquiries.panel import InquiryPanel
from terminal.views.inquiries.rules_box import AutomaticAnswers
from terminal.views.obligations.gauge import ObligationGauge
from terminal.views.obligations.panel import ObligationPanel
from terminal.views.obligations.pause_box import PauseBox
from terminal.views.obligations.report_cells import Spawn
from terminal.views.obligations.standing import StandingSource
from terminal.views.obligations.terms_editor import TermsEditor
from terminal.views.quoting.maker_desk import MakerDesk
from terminal.views.quoting.out_words import out_words
from terminal.views.settings import Settings


@dataclass(frozen=True, slots=True)
class MakingServices:
    """What screens and strategies of a market maker ask."""

    obligations: Obligations
    drafts: QuoteDrafts
    answers: AnswerLog
    guard: AnswerGuard
    scores: ObligationScores
    terms: DeskTerms
    pauses: QuotePauses


def build_services(
    desk: Desk,
    obligations: Obligations,
    theoretical: Theoretical,
    sessions: Sessions,
    read: Callable[[], Iterable[Record]],
    terms: DeskTerms,
    effect: EffectRule = EffectRule.CLOSE_FIRST,
    handling: Handling = Handling.REFUSE,
) -> MakingServices:
    """Make the services; they hold nothing of an account that is no market maker's."""
    return MakingServices(
        obligations,
        QuoteDrafts(desk.market, theoretical, obligations, desk.quoting, effect, handling),
        AnswerLog(desk.bus, obligations, desk.quoting),
        AnswerGuard(desk.bus, obligations, desk.quoting, desk.clock.now),
        ObligationScores(read, sessions, terms.all),
        terms,
        QuotePauses(desk, theoretical, obligations, desk.bus),
    )


def automatic_answers(maker: MakerDesk, terms: Terms, settings: Settings) -> AutomaticAnswers:
    """The responders of a maker's desk, with the rules that were in force when the program ended."""
    kept = KeptRules(settings)
    responders = Responders(maker.engine, maker.desk.bus, maker.sheet, terms, kept.kept)
    return AutomaticAnswers(responders, kept, lambda: maker.underlyings, lambda: maker.by)


class MakingPanels:
    """The three panels and the gauge, and the standing they show. Served by the frame timer."""

    def __init__(
        self,
        desk: Desk,
        services: MakingServices,
        risk: RiskService,
        appearance: Appearance,
        spawn: Spawn,
        exporter: Exporter,
        maker: MakerDesk,
        settings: Settings,
    ) -> None:
        """`maker` knows the engine and who sits here; rules of automatic answers are kept in `settings`."""
        obligations = services.obligations
        self.source = source = StandingSource(obligations, lambda: desk.portfolio.profile.rights.kind, desk.monotonic)
        self.gauge = ObligationGauge(source, appearance)
        self.pause_box = PauseBox(
            desk, source, services.pauses, lambda codes, do: maker.give_up(codes, do), lambda: maker.by
        )
        self.obligations = ObligationPanel(
            desk,
            source,
            services.drafts,
            services.scores,
            appearance,
            spawn,
            exporter.export,
            exporter.save_page,
            lambda: maker.by,
            self.pause_box,
        )
        self.obligations.model.lines.kept_out = partial(out_words, maker, services.pauses)
        self.inquiries = InquiryPanel(
            desk,
            obligations,
            services.drafts,
            services.answers,
            risk,
            appearance,
            exporter.export,
            automatic_answers(maker, obligations.terms, settings),
        )
        self.terms = TermsEditor(services.terms, appearance)

    @property
    def by_name(self) -> dict[str, QWidget]:
        """The panels by the names of their docks."""
        return {"obligations": self.obligations, "inquiries": self.inquiries, "duties": self.terms}

    def register(self, frame_timer: FrameTimer) -> None:
        """Let the frame timer serve them: the dashboard once a second, countdown and pause four times."""
        frame_timer.register(self.obligations, FRAMES_PER_SECOND)
        frame_timer.register(self.inquiries, BEAT)
        frame_timer.register(self.pause_box, BEAT)
        frame_timer.register(self.terms, FRAMES_PER_SECOND)
