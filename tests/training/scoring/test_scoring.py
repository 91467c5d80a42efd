"""A score is explained line by line, and every line is earned or lost by what was done."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.domain.errors import Refused
from pos.domain.menu.items import ServingMode
from pos.domain.money import Money
from pos.domain.order.order import Order, TenderState
from pos.domain.order.questions import OfferKind, Outcome, Reason
from pos.domain.text import LANGUAGES, LocalText
from pos.training import (
    Did,
    Grade,
    Meaning,
    Pace,
    PracticeWay,
    Reply,
    Round,
    RoundStep,
    Score,
    ScorePart,
    Skill,
    Survey,
    Tick,
    Wanted,
    score,
    skills_shown,
    wanted_line,
)
from pos.training.rounds import keyed, said, taken_back
from pos.wording import wording
from tests.training.playing import POLICIES, Move, Player, perfect
from tests.training.shop import menu, moment_of, scenario, scenarios

UPSELL = OfferKind.UPSELL


def played(name: str, way: PracticeWay = PracticeWay.GUIDED, **fields: object) -> Round:
    """A perfect round with a scenario, unless the fields say otherwise."""
    entry = scenario(name)
    return Player(entry, 1, perfect, way, moment_of(entry), **fields).play()  # type: ignore[arg-type]


def scored(played_round: Round, before: Pace | None = None) -> Score:
    return score(played_round, menu(), before)


def ids(found: Score) -> set[str]:
    return {line.message_id for line in found.lines}


def tweaked(name: str, change: Callable[[Order], Order]) -> set[str]:
    return ids(scored(played(name, tweak=change)))


def first_line(**fields: object) -> Callable[[Order], Order]:
    """The first line rung otherwise."""
    return lambda order: replace(order, lines=(replace(order.lines[0], **fields), *order.lines[1:]))  # type: ignore[arg-type]


def large(order: Order) -> Order:
    """The large meal rung for the medium one."""
    return replace(order, lines=(replace(wanted_line(Wanted("bacon-burger-meal-l", size_said=True), menu()), id=1),))


# the order


@pytest.mark.parametrize(
    ("name", "change", "message_id"),
    [
        ("medium-number-two", first_line(size_said=False), "score-size-unmarked"),
        ("plain-meal", first_line(size_said=True), "score-size-marked"),
        ("medium-number-two", large, "score-wrong-size"),
        ("onion-off", first_line(modifiers=()), "score-wrong-changes"),
        ("kids-meal", first_line(fillings=(("kids-side", "fries-s"), ("kids-drink", "milk"))), "score-wrong-slot"),
        ("shake-and-fries", lambda order: replace(order, lines=order.lines[:1]), "score-line-missing"),
        ("one-cheeseburger", first_line(quantity=2), "score-line-extra"),
        ("milk-in-it", lambda order: replace(order, allergens=frozenset()), "score-allergen-missing"),
        ("plain-meal", lambda order: replace(order, allergens=frozenset({"fish"})), "score-allergen-extra"),
        ("plain-meal", lambda order: replace(order, serving_mode=ServingMode.EAT_IN), "score-serving-wrong"),
        ("student-coupon", lambda order: replace(order, codes=()), "score-coupon-missing"),
        ("tourist", lambda order: replace(order, language=None), "score-language-missing"),
    ],
)
def test_every_mistake_in_the_order_has_its_line(name: str, change: Callable[[Order], Order], message_id: str) -> None:
    assert "score-order-right" in ids(scored(played(name)))
    found = tweaked(name, change)
    assert message_id in found
    assert "score-order-right" not in found


def test_a_meal_rung_as_loose_things_is_the_same_order() -> None:
    def loose(order: Order) -> Order:
        burger = replace(order.lines[0], sku="cheeseburger", fillings=())
        rows = [replace(burger, id=n, sku=sku) for n, sku in enumerate(("cheeseburger", "fries-m", "cola-m"), 1)]
        return replace(order, lines=tuple(rows), next_line=4)

    found = scored(played("plain-meal", tweak=loose))
    assert "score-order-loose" in ids(found)
    earned, worth = found.of(ScorePart.ORDER)
    assert earned == worth > 0


@pytest.mark.parametrize("said_as_a_change", [True, False])
def test_a_dip_rung_by_itself_or_as_a_change_of_the_nuggets_is_the_same_order(said_as_a_change: bool) -> None:
    loose, changed = (Wanted("nuggets-6"), Wanted("dip-bbq")), (Wanted("nuggets-6", modifiers=("with-bbq",)),)
    wants, rung = (changed, loose) if said_as_a_change else (loose, changed)

    def otherwise(order: Order) -> Order:
        lines = tuple(replace(wanted_line(entry, menu()), id=place) for place, entry in enumerate(rung, 1))
        return replace(order, lines=lines, next_line=len(lines) + 1)

    entry = replace(scenario("one-cheeseburger"), wants=wants)
    whole = Player(entry, 1, perfect, PracticeWay.GUIDED, moment_of(entry), tweak=otherwise).play()
    found = scored(whole)
    assert "score-order-loose" in ids(found)
    earned, worth = found.of(ScorePart.ORDER)
    assert earned == worth > 0
    garlic = replace(
        whole, order=replace(whole.order, lines=(replace(whole.order.lines[0], modifiers=("with-garlic",)),))
    )
    assert "score-order-loose" not in ids(scored(garlic))


def test_mistakes_take_no_more_than_the_order_is_worth() -> None:
    found = scored(played("family-of-five", tweak=lambda order: replace(order, lines=order.lines[:1])))
    assert found.of(ScorePart.ORDER)[0] == 0.0


def test_a_change_of_mind_that_was_forgotten_is_told() -> None:
    whole = played("mind-changed-at-payment")
    assert "score-late-right" in ids(scored(whole))
    assert whole.asked is not None
    forgotten = replace(whole, wished=None, order=replace(whole.order, lines=whole.asked.lines))
    assert "score-late-wrong" in ids(scored(forgotten))


# asking


def with_steps(entry: Round, change: Callable[[RoundStep], RoundStep | None]) -> Round:
    """The round with its steps changed, or left out."""
    return replace(entry, steps=tuple(new for step in entry.steps if (new := change(step)) is not None))


def test_saying_it_after_payment_is_not_asking() -> None:
    late = with_steps(played("plain-meal"), lambda step: replace(step, at=999.0) if step.did is Did.SAID else step)
    assert "score-asked-late" in ids(scored(late))


def test_question_two_before_question_one_costs_something() -> None:
    whole = played("plain-meal")
    first, second = (step.at for step in whole.steps if step.did is Did.SAID)

    def swapped(step: RoundStep) -> RoundStep:
        moves = step.kind is UPSELL and step.did is not Did.DUE
        return replace(step, at=step.at + second - first + 0.1) if moves else step

    found = ids(scored(with_steps(whole, swapped)))
    assert "score-wrong-sequence" in found


def test_a_wrong_key_costs_the_answer_and_putting_it_right_gives_nearly_all_of_it_back() -> None:
    whole = played("plain-meal")
    answer = next(step for step in whole.steps if step.did is Did.KEYED and step.kind is UPSELL)
    assert answer.outcome is not None
    other = Outcome.DECLINED if answer.outcome is Outcome.ACCEPTED else Outcome.ACCEPTED
    wrong = keyed(UPSELL, other, answer.at, offer=answer.offer)
    mistaken = with_steps(whole, lambda step: wrong if step is answer else step)
    place = whole.steps.index(answer)
    again = (wrong, taken_back(UPSELL, answer.at), answer)
    righted = replace(whole, steps=(*whole.steps[:place], *again, *whole.steps[place + 1 :]))
    assert "score-keyed-wrong" in ids(scored(mistaken))
    assert "score-put-right" in ids(scored(righted))
    assert scored(mistaken).total < scored(righted).total < scored(whole).total


def in_words(found: Score, message_id: str) -> tuple[str, str]:
    """A line as it is read, in Bokmål and in English."""
    line = next(line for line in found.lines if line.message_id == message_id)
    nb, en = (wording(language).text(line.message_id, **dict(line.values)) for language in LANGUAGES)
    return nb, en


YES_TO_A_SHAKE = Reply(LocalText("Ja, jordbær.", "Yes, strawberry."), Meaning.YES, choice="strawberry", count=1)
YES_TO_ONE = Reply(LocalText("Ja, på én.", "Yes, for one."), Meaning.YES, count=1)
JUST_NO = Reply(LocalText("Nei.", "No."), Meaning.NO)


@pytest.mark.parametrize(
    ("kind", "reply", "wrong", "nb", "en"),
    [
        (UPSELL, JUST_NO, {"outcome": Outcome.ACCEPTED, "count": 1}, ("ja til", "nei"), ("yes to", "no")),
        (UPSELL, YES_TO_ONE, {"outcome": Outcome.DECLINED}, ("nei", "ja til"), ("no", "yes to")),
        (UPSELL, YES_TO_ONE, {"outcome": Outcome.NOT_ASKED}, ("ikke spurt", "ja til"), ("not asked", "yes to")),
        (UPSELL, YES_TO_ONE, {"outcome": Outcome.ACCEPTED, "count": 3}, ("ja til 3 ×", "ja til 1 ×"), ("3 ×", "1 ×")),
        (
            OfferKind.CROSS_SELL,
            YES_TO_A_SHAKE,
            {"outcome": Outcome.ACCEPTED, "count": 1, "choice": "chocolate"},
            ("(sjokolade)", "(jordbær)"),
            ("(chocolate)", "(strawberry)"),
        ),
    ],
)
def test_a_wrong_answer_says_what_was_keyed_and_what_the_customer_said(
    kind: OfferKind, reply: Reply, wrong: dict[str, object], nb: tuple[str, str], en: tuple[str, str]
) -> None:
    def otherwise(step: RoundStep) -> RoundStep:
        if step.kind is not kind:
            return step
        if step.did is Did.KEYED:
            return replace(step, **{"choice": None, "count": 0, **wrong})  # type: ignore[arg-type]
        return replace(step, reply=reply) if step.did is Did.REPLIED else step

    found = in_words(scored(with_steps(played("plain-meal"), otherwise)), "score-keyed-wrong")
    for told, but, (done, answered) in zip(found, (" men ", " but "), (nb, en), strict=True):
        keyed_part, said_part = told.split(but)
        assert done in keyed_part, told
        assert answered in said_part, told
        assert "{" not in told


def test_every_line_of_a_mistake_says_what_was_done_and_what_was_wanted() -> None:
    """Nobody learns from *not as the customer said*."""
    milk = played("milk-in-it")
    told = with_steps(milk, lambda step: replace(step, given="contains") if step.did is Did.TOLD else step)
    nb, en = in_words(scored(told), "score-told-wrong")
    assert "Du svarte: «Ja, det inneholder det.»" in nb
    assert "Riktig svar: «Nei, det er det ikke i.»" in nb
    assert milk.scenario.says[next(step.query or 0 for step in milk.steps if step.did is Did.TOLD)].words.en in en
    paid = played("card-declined-then-cash")
    nb, en = in_words(
        scored(replace(paid, order=replace(paid.order, tenders=paid.order.tenders[1:]))), "score-paid-wrong"
    )
    assert "kort (avvist)" in nb
    assert "(kontant)" in nb
    assert "card (declined)" in en
    onion = in_words(scored(played("onion-off", tweak=first_line(modifiers=()))), "score-wrong-changes")
    assert ("uten løk" in onion[0], "ingen endringer" in onion[0], "no changes" in onion[1]) == (True, True, True)
    milk_for_juice = first_line(fillings=(("kids-side", "fries-s"), ("kids-drink", "milk")))
    slot = in_words(scored(played("kids-meal", tweak=milk_for_juice)), "score-wrong-slot")
    assert slot[0].endswith("men du slo inn melk.")


def test_a_forgotten_change_of_mind_and_a_payment_that_nobody_made_are_named() -> None:
    late = played("mind-changed-at-payment")
    assert late.asked is not None
    assert late.scenario.late is not None
    forgotten = replace(late, wished=None, order=replace(late.order, lines=late.asked.lines))
    nb, en = in_words(scored(forgotten), "score-late-wrong")
    assert (late.scenario.late.words.nb in nb, late.scenario.late.words.en in en) == (True, True)
    paid = played("card-declined-then-cash")
    invented = tuple(replace(tender, state=TenderState.APPROVED) for tender in paid.order.tenders)
    nb, en = in_words(scored(replace(paid, order=replace(paid.order, tenders=invented))), "fault-unpaid")
    assert "kroner (kort)" in nb
    assert "kroner (card)" in en


def test_another_reason_than_theirs_is_named_beside_theirs() -> None:
    def otherwise(step: RoundStep) -> RoundStep:
        return replace(step, reason=Reason.STAFF) if step.did is Did.KEYED else step

    nb, en = in_words(scored(with_steps(played("child-alone"), otherwise)), "score-rested-reason")
    for told, words in ((nb, wording("nb")), (en, wording("en"))):
        assert words.reason(Reason.STAFF) in told
        assert words.reason(Reason.CHILD) in told


def test_wrong_change_says_what_was_handed_over_and_what_was_keyed() -> None:
    whole = played("card-declined-then-cash")
    tenders = (*whole.order.tenders[:-1], replace(whole.order.tenders[-1], handed=Money.of(1000)))
    nb, en = in_words(scored(replace(whole, order=replace(whole.order, tenders=tenders))), "fault-change")
    handed = wording("nb").spoken(whole.order.tenders[-1].handed)
    assert f"rakte fram {handed} (kontant)" in nb
    assert "1 000 kroner (kontant)" in nb.replace("\N{NO-BREAK SPACE}", " ")
    assert "1,000 kroner (cash)" in en


def test_asking_again_after_a_no_is_pressing() -> None:
    whole = played("rude-no")
    spoken = next(step for step in whole.steps if step.did is Did.SAID)
    answered = next(step for step in whole.steps if step.did is Did.KEYED)
    place = whole.steps.index(answered)
    pressed = replace(whole, steps=(*whole.steps[:place], said(spoken, answered.at), *whole.steps[place:]))
    assert "score-pressed" in ids(scored(pressed))
    assert scored(pressed).total < scored(whole).total


def test_an_honest_not_asked_is_better_than_a_no_that_nobody_gave() -> None:
    entry = scenario("plain-meal")
    totals = [
        scored(Player(entry, 1, POLICIES[name], PracticeWay.GUIDED, moment_of(entry)).play()).total
        for name in ("never ask", "fast no")
    ]
    assert totals[0] > totals[1]


def test_a_poorer_offer_earns_less_than_the_best() -> None:
    def worst(found: Survey, laid: object, entry: object, draws: object) -> Move:
        return Move(min((choice for choice in found.choices if choice.offer), key=found.fit_of))

    entry = scenario("oat-latte")
    round_ = Player(entry, 1, worst, PracticeWay.ON_YOUR_OWN, moment_of(entry)).play()  # type: ignore[arg-type]
    assert "score-asked-weak" in ids(scored(round_))


# pace


def test_nothing_is_gained_below_speaking_time() -> None:
    whole = played("plain-meal")

    def quick(step: RoundStep) -> RoundStep:
        """Keyed half a second after the question came, words, answer and all."""
        return replace(step, at=min(step.at, starts[step.kind] + 0.5)) if step.kind and step.did is Did.KEYED else step

    starts = {step.kind: step.at for step in whole.steps if step.did is Did.SHOWN}
    hurried = scored(with_steps(whole, quick))
    assert hurried.pace.question == 0.0
    assert hurried.of(ScorePart.PACE) == scored(whole).of(ScorePart.PACE)


def test_a_slow_trainee_who_was_slower_last_time_is_told_so_in_points() -> None:
    slow = with_steps(played("plain-meal"), lambda step: replace(step, at=step.at * 4))
    first = scored(slow)
    better = scored(slow, Pace(item=99.0, question=99.0))
    assert first.of(ScorePart.PACE)[0] < better.of(ScorePart.PACE)[0]


def test_a_pace_that_counts_in_part_says_how_much_and_a_whole_one_does_not() -> None:
    whole = played("plain-meal")
    assert "score-pace-questions" in ids(scored(whole))
    wrong = scored(replace(whole, order=replace(whole.order, tenders=())))
    line = next(line for line in wrong.lines if line.message_id == "score-pace-questions-partly")
    assert line.earned < line.worth
    for language, words in (("nb", "så lenge noe annet er feil"), ("en", "as long as something else is wrong")):
        said = wording(language).text(line.message_id, **dict(line.values))
        assert words in said
        assert "%" not in said


def test_a_pace_that_earns_nothing_anyway_says_nothing_of_the_rest() -> None:
    slow = with_steps(played("plain-meal"), lambda step: replace(step, at=step.at * 40))
    assert "score-pace-questions" in ids(scored(replace(slow, order=replace(slow.order, tenders=()))))


def test_asking_the_customer_to_say_it_again_costs_seconds() -> None:
    whole = played("plain-meal")
    again = whole.then(RoundStep(Did.ASKED_AGAIN, 1.0))
    before, after = scored(whole).pace.item, scored(again).pace.item
    assert before is not None
    assert after is not None
    assert after > before


# what else


def test_a_customer_who_got_no_answer_is_counted() -> None:
    silent = with_steps(played("milk-in-it"), lambda step: None if step.did is Did.TOLD else step)
    assert "score-told-nothing" in ids(scored(silent))
    wrong = with_steps(
        played("milk-in-it"), lambda step: replace(step, given="contains") if step.did is Did.TOLD else step
    )
    assert "score-told-wrong" in ids(scored(wrong))


def test_payment_taken_another_way_than_said_is_told() -> None:
    whole = played("card-declined-then-cash")
    assert "score-paid-right" in ids(scored(whole))
    order = replace(whole.order, tenders=whole.order.tenders[1:])
    assert "score-paid-wrong" in ids(scored(replace(whole, order=order)))


def test_a_colleague_ticks_the_manner_in_a_pair() -> None:
    whole = replace(played("plain-meal"), way=PracticeWay.PAIR, ticks=frozenset({Tick.CLEAR}))
    assert scored(whole).of(ScorePart.MANNER) == (5.0, 15.0)


def test_a_round_whose_customer_has_not_paid_is_never_scored() -> None:
    broken_off = with_steps(played("plain-meal"), lambda step: None if step.did is Did.PAID else step)
    with pytest.raises(Refused, match="round-unfinished"):
        scored(broken_off)


def test_the_same_round_scores_the_same() -> None:
    assert scored(played("everything-at-once")) == scored(played("everything-at-once"))


def test_a_reply_that_leads_elsewhere_is_right_when_that_was_keyed() -> None:
    whole = played("soft-ice-instead")
    reply = next(step.reply for step in whole.steps if step.reply and step.reply.means is Meaning.ANOTHER)
    assert isinstance(reply, Reply)
    assert reply.offer is not None
    assert scored(whole).total == 100


# skills


def test_what_went_wrong_comes_back_and_what_sits_comes_late() -> None:
    whole = played("medium-number-two")
    good = skills_shown(whole, scored(whole))
    assert good[Skill.SIZES_SAID] >= Grade.GOOD
    assert good[Skill.ASK_MEAL] is Grade.EASY
    wrong = played("medium-number-two", tweak=large)
    assert skills_shown(wrong, scored(wrong))[Skill.SIZES_SAID] <= Grade.HARD
    entry = scenario("medium-number-two")
    silent = Player(entry, 1, POLICIES["never ask"], PracticeWay.GUIDED, moment_of(entry)).play()
    assert skills_shown(silent, scored(silent))[Skill.ASK_MEAL] is Grade.AGAIN


@pytest.mark.parametrize("name", POLICIES)
def test_every_line_of_a_score_is_a_sentence_in_both_languages(name: str) -> None:
    for place, entry in enumerate(scenarios()):
        way = (PracticeWay.GUIDED, PracticeWay.ON_YOUR_OWN)[place % 2]
        found = scored(Player(entry, 2, POLICIES[name], way, moment_of(entry)).play())
        for line in found.lines:
            for language in LANGUAGES:
                sentence = wording(language).text(line.message_id, **line.values)
                assert not sentence.startswith(line.message_id), sentence
                assert "{" not in sentence, sentence
