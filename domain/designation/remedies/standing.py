"""救済の現況: Which windows run, what somebody owes, and what may come next in the remedies."""

from collections.abc import Iterator
from datetime import date

from domain.designation.parts import Circumstances, Part
from domain.designation.remedies import (
    appeal,
    council,
    inaction,
    litigation,
    oral,
    remedy,
    review,
    ruling,
    service,
    stay,
    windows,
)
from domain.designation.remedies.acts import Adverse, Delivery
from domain.designation.remedies.appeals import Appeal
from domain.designation.remedies.litigation import Suit
from domain.designation.remedies.remedy import Remedies, RemedyCommand, RemedyEvent
from domain.institution import Due, Obligation
from domain.law import (
    ACL_33,
    ARA_9,
    ARA_18,
    ARA_24,
    ARA_25,
    ARA_29,
    ARA_31,
    ARA_42,
    ARA_43,
    ARA_44,
    ARA_51,
    ARA_52,
    Citation,
)
from domain.ordinance import Rules
from domain.people import CALENDAR

# --- 期限 -------------------------------------------------------------------------------------


def dues(state: Remedies, now: Circumstances, rules: Rules) -> Iterator[Due[RemedyCommand]]:  # noqa: ARG001 — as `Part.dues`
    """The windows that run, and the days on which something counts as received or is due."""
    yield from _windows(state, rules)
    for paper, number, _, delivery in _papers(state):
        if delivery.published and not delivery.arrived:
            on = delivery.published.day_after
            note = service.NoteDeemedArrival(on=on, by=CALENDAR, paper=paper, number=number)
            yield Due(delivery.published, note)
    for one in state.appeals.filed:
        if one.pending:
            yield from _of_the_appeal(one)


def _windows(state: Remedies, rules: Rules) -> Iterator[Due[RemedyCommand]]:
    for number in remedy.appealable(state):
        due = windows.governing(windows.appeal_windows(_act(state, number), rules))
        on = due.day_after
        yield Due(due, windows.NoteAppealPeriodPassed(on=on, by=CALENDAR, act=number))
    for number in remedy.suable(state):
        due = windows.governing(windows.suit_windows(_act(state, number), rules))
        on = due.day_after
        yield Due(due, windows.NoteSuitPeriodPassed(on=on, by=CALENDAR, act=number))


def _act(state: Remedies, number: int) -> Adverse:
    return state.acts.find(number, ARA_18)


def _papers(
    state: Remedies,
) -> Iterator[tuple[service.Paper, int, str, Delivery]]:
    """The papers that must reach the body, by kind and number, with what they are called."""
    for one in state.acts.done:
        if not one.annulled:
            yield "処分", one.act.number, f"{one.act}の通知", one.delivery
    for appealed in state.appeals.filed:
        if appealed.ruling:
            title = f"審査請求（第{appealed.no}号）の裁決書の謄本"
            yield "裁決", appealed.no, title, appealed.ruling.delivery


def _of_the_appeal(one: Appeal) -> Iterator[Due[RemedyCommand]]:
    if one.correction:
        due = one.correction.due
        on = due.day_after
        note = appeal.NoteAppealCorrectionLapsed(on=on, by=CALENDAR, appeal=one.no)
        yield Due(due, None if one.correction.lapsed else note)
    if one.review.defence_due and not one.review.defended:
        yield Due(one.review.defence_due)
    if one.review.oral and one.review.oral.open and one.review.oral.day:
        yield Due(one.review.oral.day)
    if one.review.counter_due and not one.review.countered and not one.review.opinion:
        yield Due(one.review.counter_due)


# --- 義務 -------------------------------------------------------------------------------------


def obligations(state: Remedies, now: Circumstances) -> Iterator[Obligation]:  # noqa: ARG001 — as `Part.obligations`
    """What the municipality must still do about its notices, appeals and judgments."""
    for paper, number, title, delivery in _papers(state):
        if delivery.arrived is None and _still_served(state, paper, number):
            since = delivery.since or _made(state, paper, number)
            yield Obligation(_to_serve(title, delivery), _SERVED_UNDER[paper], since)
    for one in state.appeals.filed:
        if one.pending:
            yield from _owed(one)
    if state.answering.pending and state.answering.bound:
        title, since = "取消し又は宣言の趣旨に従い、申請に対する決定をする", state.answering.bound
        yield Obligation(title, _bound_by(state), since)


_SERVED_UNDER: dict[service.Paper, Citation] = {"処分": ARA_18.para(1), "裁決": ARA_51.para(1)}


def _still_served(state: Remedies, paper: service.Paper, number: int) -> bool:
    """Whether the paper is still owed: a ruling always, an act while a window of it runs."""
    running = {*remedy.appealable(state), *remedy.suable(state)}
    return paper == "裁決" or number in running


def _made(state: Remedies, paper: service.Paper, number: int) -> date:
    if paper == "処分":
        return _act(state, number).act.on
    ruled = state.appeals.find(number, ARA_51).ruling
    return ruled.on if ruled else date.max


def _to_serve(title: str, delivery: Delivery) -> str:
    if delivery.published:
        return f"{title}の公示を続ける"
    if delivery.returned:
        return f"返戻された{title}を送り直し、又は公示する"
    return f"{title}の到達を確かめる" if delivery.sent else f"{title}を送る"


def _bound_by(state: Remedies) -> Citation:
    by_court = any(suit.final and suit.judgment == "取消し" for suit in state.suits.filed)
    return ACL_33.para(2) if by_court else ARA_52.para(2)


def _owed(one: Appeal) -> Iterator[Obligation]:
    name = f"審査請求（第{one.no}号）"
    if one.stay_sought:
        title = f"{name}の申立てについて、執行停止をするかどうかを速やかに決定する"
        yield Obligation(title, ARA_25.para(7), one.since)
    if one.correction:
        if one.correction.lapsed:
            yield Obligation(f"{name}を却下するかどうかを決定する", ARA_24.para(1), one.since)
        return
    if one.review.oral and one.review.oral.open:
        title = f"{name}の口頭意見陳述の申立てに答え、その機会を与える"
        yield Obligation(title, ARA_31.para(1), one.review.oral.sought)
    title, basis = _next(one)
    yield Obligation(f"{name}の{title}", basis, one.since)


def _next(one: Appeal) -> tuple[str, Citation]:
    """What the review waits for from the municipality."""
    review_ = one.review
    if not review_.officer:
        return "審理員を指名する", ARA_9.para(1)
    if review_.defence_due is None:
        return "弁明書の提出を求める", ARA_29.para(2)
    if review_.defended is None:
        return "弁明書を提出する", ARA_29.para(3)
    if review_.counter_due is None:
        return "弁明書を送付する", ARA_29.para(5)
    if review_.opinion is None:
        return "審理員意見書を遅滞なく作成する", ARA_42.para(1)
    if review_.consulted is None and not review_.omitted:
        return "諮問をする", ARA_43.para(1)
    if review_.answered is None and not review_.omitted:
        return "答申を得る", ARA_43.para(1)
    return "裁決を遅滞なくする", ARA_44


# --- 次の行為 ---------------------------------------------------------------------------------


def possible(state: Remedies, now: Circumstances) -> Iterator[type[RemedyCommand]]:  # noqa: ARG001 — as `Part.possible`
    """The commands that may come next."""
    for paper, number, _, delivery in _papers(state):
        if delivery.arrived is None and _still_served(state, paper, number):
            yield from _possible_service(delivery)
    if remedy.appealable(state):
        yield appeal.FileAppeal
    if remedy.suable(state):
        yield litigation.RecordSuit
    if state.answering.pending and state.answering.overrun:
        yield inaction.FileInactionAppeal
    for one in state.appeals.filed:
        if one.pending:
            yield from _possible_on(one, stayed=_stayed(state, one), stands=_stands(state, one))
    for suit in state.suits.filed:
        if suit.pending:
            yield from _possible_in(suit, _act(state, suit.act.number))


def _stayed(state: Remedies, one: Appeal) -> bool:
    return one.act is not None and one.source in _act(state, one.act.number).stays


def _possible_service(delivery: Delivery) -> Iterator[type[RemedyCommand]]:
    yield service.SendNotice
    if delivery.published is None:
        yield service.PublishNotice
    if delivery.sent and not delivery.returned:
        yield from (service.RecordArrival, service.RecordNoticeReturn)


def _stands(state: Remedies, one: Appeal) -> bool:
    return one.act is not None and not _act(state, one.act.number).annulled


def _possible_on(one: Appeal, *, stayed: bool, stands: bool) -> Iterator[type[RemedyCommand]]:
    yield from (appeal.WithdrawAppeal, ruling.DismissAppeal)
    if not one.in_time and not one.excused:
        yield appeal.ExcuseLateFiling
    yield appeal.CorrectAppeal if one.correction else appeal.RequestAppealCorrection
    if stayed:
        yield stay.LiftStay
    elif stands:
        yield stay.GrantStay
    if one.stay_sought:
        yield stay.DenyStay
    elif one.act and not stayed:
        yield stay.SeekStay
    yield from _possible_review(one)


def _possible_review(one: Appeal) -> Iterator[type[RemedyCommand]]:
    review_ = one.review
    if review_.opinion is None:
        yield review.NameReviewOfficer
        yield from _possible_orally(one)
    elif review_.consulted is None and not review_.omitted:
        yield from (council.ConsultCouncil, council.OmitConsultation)
    elif review_.answered is None and not review_.omitted:
        yield council.RecordAnswer
    else:
        yield ruling.RejectAppeal
        yield ruling.UpholdAppeal if one.act else ruling.DeclareInaction
    if review_.officer and not review_.opinion:
        yield from _possible_papers(one)


def _possible_orally(one: Appeal) -> Iterator[type[RemedyCommand]]:
    asked = one.review.oral
    if asked is None or not (asked.open or asked.held):
        yield oral.SeekOralStatement
    elif asked.open and one.review.officer:
        yield from (oral.ArrangeOralStatement, oral.DenyOralStatement)
        if asked.day:
            yield oral.HoldOralStatement


def _possible_papers(one: Appeal) -> Iterator[type[RemedyCommand]]:
    review_ = one.review
    if review_.defended is None:
        yield review.RequestDefence
        if review_.defence_due:
            yield review.SubmitDefence
        return
    yield review.ForwardDefence
    if review_.counter_due:
        yield review.SubmitReviewOpinion
        if not review_.countered:
            yield review.SubmitCounter


def _possible_in(suit: Suit, adverse: Adverse) -> Iterator[type[RemedyCommand]]:
    yield from (litigation.RecordJudgment, litigation.RecordSuitWithdrawn)
    if suit.source in adverse.stays:
        yield litigation.RecordCourtStayEnd
    elif not adverse.annulled:
        yield litigation.RecordCourtStay
    if suit.judgment:
        yield litigation.RecordFinality


def titles(state: Remedies, now: Circumstances) -> Iterator[str]:  # noqa: ARG001 — as `Part.titles`
    """What an operator sees beside the status."""
    if any(one.pending for one in state.appeals.filed):
        yield "審査請求中"
    if any(one.ruling and not one.over for one in state.appeals.filed):
        yield "裁決の送達待ち"
    if any(suit.pending for suit in state.suits.filed):
        yield "取消訴訟中"
    if any(one.stays and not one.annulled for one in state.acts.done):
        yield "執行停止中"


def keeps_open(state: Remedies) -> bool:
    """A case is open while an act may still be contested, or a contest is not over."""
    return bool(
        remedy.appealable(state)
        or remedy.suable(state)
        or any(not one.over for one in state.appeals.filed)
        or any(suit.pending for suit in state.suits.filed)
    )


REMEDIES: Part[RemedyCommand, Remedies, RemedyEvent] = Part(
    name="remedies",
    initial=Remedies(),
    commands=remedy.COMMANDS,
    events=remedy.EVENTS,
    decide=remedy.decide,
    evolve=remedy.evolve,
    observe=remedy.observe,
    dues=dues,
    obligations=obligations,
    possible=possible,
    titles=titles,
    keeps_open=keeps_open,
)
