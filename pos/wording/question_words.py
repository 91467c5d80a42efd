"""The cashier's words for a question."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.menu.menu import Menu
from pos.domain.money import ZERO
from pos.domain.order.questions import OfferKind
from pos.domain.prompts import Phrase, QuestionPrompt
from pos.wording.filling import as_sentence, fill
from pos.wording.names import offered_name
from pos.wording.sentences import Sentences


def question_words(sentences: Sentences, prompt: QuestionPrompt, menu: Menu) -> str:
    """The finished words: the offer's own if they fit, else made from its name; then what a yes saves, and the
    threshold that it reaches.

    Something that costs nothing more is never called an extra, and its price is not mentioned.
    """
    question, gain = prompt.question, prompt.difference
    values = {
        "more": sentences.spoken(gain.more),
        "count": sentences.number_word(question.count),
        "name": offered_name(sentences, question.offer, menu),
    }
    parts = [_asked(sentences, prompt, values) if gain.more > ZERO else _no_extra(sentences, prompt, values)]
    if gain.saving > ZERO and gain.more > ZERO:
        parts.append(sentences.text("ask-saving", count=question.count, saving=gain.saving))
    if gain.reached is not None and gain.more:
        parts.append(sentences.text("ask-reaches", threshold=gain.reached))
    for gone, now in prompt.instead:
        names = {"gone": menu.items[gone].name, "name": menu.items[now].name}
        parts.append(sentences.text("ask-instead", **names))
    if prompt.phrase is Phrase.AFTER_YES:
        parts.insert(0, sentences.text("ask-after-yes"))
    return " ".join(as_sentence(part) for part in parts)


def _asked(sentences: Sentences, prompt: QuestionPrompt, values: Mapping[str, str]) -> str:
    words, phrase = prompt.words, prompt.phrase
    if phrase is Phrase.MANY:
        return _asked_of_many(sentences, prompt, values)
    if phrase is Phrase.RUSH:
        return sentences.text("ask-rush", **values) if words.rush is None else fill(sentences.local(words.rush), values)
    after_no = words.after_no if phrase is Phrase.AFTER_NO else None
    return fill(sentences.local(after_no or words.say), values)


def _asked_of_many(sentences: Sentences, prompt: QuestionPrompt, values: Mapping[str, str]) -> str:
    """One question for several lines. The offer's own words say *all*, so they fit only if all lines are meant."""
    offer, words = prompt.question.offer, prompt.words
    if offer.kind is OfferKind.CROSS_SELL:
        return sentences.text("ask-several", **values)
    if prompt.question.count != offer.units:
        return sentences.text("ask-some", **values)
    if words.many is None:
        return sentences.text("ask-all", **values)
    return fill(sentences.local(words.many), values)


def _no_extra(sentences: Sentences, prompt: QuestionPrompt, values: Mapping[str, str]) -> str:
    more, several = prompt.difference.more, prompt.question.count > 1
    if not more:
        return sentences.text("ask-free-many" if several else "ask-free", **values)
    cheaper = {**values, "saving": sentences.spoken(-more)}
    return sentences.text("ask-cheaper-many" if several else "ask-cheaper", **cheaper)
