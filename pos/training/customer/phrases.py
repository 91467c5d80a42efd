"""Phrases of customers that fit any menu: a yes, a no, a flat no, thanks, as people at a counter say it."""

from __future__ import annotations

from pos.domain.order.questions import OfferKind, Reason
from pos.domain.text import LocalText
from pos.training.customer.scenarios import Mood

Bank = tuple[LocalText, ...]


def bank(*pairs: tuple[str, str]) -> Bank:
    """Phrases, each in Bokmål and English."""
    return tuple(LocalText(nb, en) for nb, en in pairs)


YES: dict[OfferKind, Bank] = {
    OfferKind.UPSELL: bank(
        ("Ja takk.", "Yes, please."),
        ("Ja, det kan du ta.", "Yes, go on then."),
        ("Ja, kjør på.", "Yes, let's do that."),
        ("Ja, hvorfor ikke?", "Yes, why not?"),
        ("Ja, det høres bra ut.", "Yes, that sounds right."),
    ),
    OfferKind.CROSS_SELL: bank(
        ("Ja takk, gjerne.", "Yes please, I'd love one."),
        ("Å ja, det hadde vært godt.", "Oh yes, that would be nice."),
        ("Hm … ja, ta med det.", "Hm … yes, add that."),
        ("Ja, det høres godt ut.", "Yes, that sounds good."),
        ("Ja, det unner jeg meg.", "Yes, I'll treat myself."),
    ),
}

NO: dict[Mood, Bank] = {
    Mood.PLAIN: bank(
        ("Nei takk.", "No, thank you."),
        ("Nei, det er bra sånn.", "No, I'm fine, thanks."),
        ("Nei, ikke i dag, takk.", "No, not today, thanks."),
        ("Nei, bare det jeg bestilte, takk.", "No, just what I ordered, thanks."),
        ("Nei, jeg klarer meg.", "No, I'm all right."),
    ),
    Mood.WARM: bank(
        ("Nei, men takk som spør!", "No, but thanks for asking!"),
        ("Nei, fristende, men ikke i dag.", "No, tempting, but not today."),
        ("Nei, ellers takk, du.", "No, but that's kind of you."),
    ),
    Mood.FLAT: bank(
        ("Nei, det er alt.", "No, that's all."),
        ("Nei. Bare det jeg sa.", "No. Just what I said."),
        ("Nei. Det var alt.", "No. That's everything."),
    ),
    Mood.RUDE: bank(
        ("Hørte du ikke hva jeg sa? Nei.", "Didn't you hear me? No."),
        ("Nei! Ikke pushe på meg mer mat.", "No! Stop pushing food on me."),
        ("Herregud, nei. Bare gi meg maten.", "Oh for heaven's sake, no. Just give me my food."),
    ),
    Mood.HURRIED: bank(
        ("Nei, nei, jeg har dårlig tid.", "No, no, I'm in a hurry."),
        ("Nei, bussen går nå.", "No, my bus is leaving."),
        ("Nei. Kan vi skynde oss litt?", "No. Can we be quick?"),
    ),
    Mood.MERRY: bank(
        ("Neida, neida, vi er allerede på vei hjem.", "Nah, nah, we're on our way home already."),
        ("Hæ? Nei! Vi har nok, vi.", "What? No! We've got plenty."),
        ("Nei, spør heller han der.", "No, ask him over there."),
    ),
}

ALREADY_SAID: dict[Reason, Bank] = {
    Reason.ALREADY_IN_ORDER: bank(
        ("Nei, det har jeg jo allerede bestilt.", "No, I've ordered that already."),
        ("Nei, det er jo med fra før.", "No, that's in there already."),
    ),
    Reason.SIZE_STATED: bank(
        ("Nei, jeg sa jo hvilken størrelse jeg ville ha.", "No, I told you which size I wanted."),
        ("Nei, den størrelsen jeg sa.", "No, the size I said."),
    ),
    Reason.REFUSED_BEFORE: bank(
        ("Nei, jeg sa jo nei til det.", "No, I said no to that."),
        ("Nei, du har allerede spurt om det.", "No, you have asked me that already."),
    ),
    Reason.ALLERGEN: bank(
        ("Nei! Jeg sa jo at vi ikke tåler det.", "No! I told you about the allergy."),
        ("Nei, det kan jeg ikke spise. Jeg er jo allergisk.", "No, I can't eat that. I am allergic, you know."),
    ),
    Reason.CHILD: bank(
        ("Nei … jeg har ikke mer penger, jeg.", "No … I don't have any more money."),
        ("Nei … mamma sa bare dette.", "No … Mum said only this."),
    ),
    Reason.LEFT_ALONE: bank(
        ("Nei. Jeg ba om å slippe spørsmål.", "No. I asked to be left alone."),
        ("Nei, som sagt: ikke noe mer, takk.", "No, as I said: nothing else, thank you."),
    ),
    Reason.STAFF: bank(
        ("Nei, jeg jobber her, vet du.", "No, I work here, you know."),
        (
            "Nei. Dette er personalmat eller en omlaging, ikke et salg.",
            "No. This is a staff meal or a remake, not a sale.",
        ),
    ),
}

SAME_AGAIN = bank(
    ("Nei, jeg har svart på det.", "No, I've answered that."),
    ("Nei, sa jeg.", "No, I said."),
    ("Nei, fortsatt ikke.", "No, still not."),
)
SAME_YES_AGAIN = bank(("Ja, som jeg sa.", "Yes, as I said."), ("Ja, ja.", "Yes, yes."))

YES_TO_SOME = bank(
    ("Ja, men bare på {count}.", "Yes, but only for {count}."),
    ("Ja, på {count} av dem, takk.", "Yes, for {count} of them, please."),
)
YES_IN = bank(
    ("Ja takk. {choice}, takk.", "Yes please. {choice}, please."),
    ("Å ja! Med {choice}, takk.", "Oh yes! {choice}, please."),
    ("Ja, en med {choice}.", "Yes, one with {choice}."),
)
INSTEAD = bank(
    ("Ikke det, men jeg tar gjerne {name} i stedet.", "Not that, but I'll have {name} instead."),
    ("Ikke det. Jeg vil heller ha {name}.", "Not that. I'd rather have {name}."),
)

CHOOSING = bank(("{name}, takk.", "{name}, please."), ("Jeg tar {name}.", "I'll have {name}."))

CONFIRMING = bank(
    ("Ja, det går fint. Den er ikke til meg.", "Yes, that's fine. That one isn't for me."),
    ("Ja, det vet jeg, takk. Den er til en annen.", "Yes, I know, thanks. It's for somebody else."),
)
LEAVING_OUT = bank(
    ("Nei, da dropper jeg den.", "No, then I'll leave that one."), ("Nei, ta den bort, da.", "No, take it off, then.")
)
CHOOSING_FOR_SOME = bank(
    ("{name} til {count} av dem.", "{name} for {count} of them."),
    ("{count} med {name}.", "{count} with {name}."),
)

EATING_IN = bank(
    ("Spise her.", "For here."), ("Det er for å spise her.", "To eat in, please."), ("Her, takk.", "Eat in, please.")
)
TAKING_AWAY = bank(
    ("Ta med.", "To take away."), ("Ta med, takk.", "To go, please."), ("Det er for å ta med.", "Take away.")
)

PAYING_CASH = bank(
    ("Kontant. Her er {amount}.", "Cash. Here's {amount}."),
    ("Her, {amount} kontant.", "Here you go, {amount} in cash."),
)
PAYING_EXACT = bank(
    ("Kontant, jeg har det akkurat.", "Cash, I've got it exactly."),
    ("Kontant, her er riktig sum.", "Cash, here's the exact money."),
)
PAYING_CARD = bank(("Kort, takk.", "Card, please."), ("Jeg tar det på kort.", "I'll pay by card."))
PAYING_MOBILE = bank(("Kan jeg betale med mobilen?", "Can I pay by phone?"), ("Mobil, takk.", "By phone, please."))
PAYING_PART = {
    "cash": bank(("Jeg tar {amount} kontant.", "I'll pay {amount} in cash.")),
    "card": bank(("Jeg tar {amount} på kort.", "I'll put {amount} on my card.")),
    "mobile": bank(("Jeg tar {amount} på mobilen.", "I'll pay {amount} by phone.")),
}
PAYING_REST = bank(("Så tar jeg resten. ", "I'll take the rest. "))
PAYING_CASH_NOT_CARD = bank(
    ("Jeg betaler kontant, ikke med kort.", "I'm paying in cash, not by card."),
    (
        "Jeg har ikke noe kort å holde mot terminalen. Kontant, sa jeg.",
        "I have no card for the terminal. Cash, I said.",
    ),
)
OLD_ENOUGH = bank(
    ("Her er legitimasjon. Jeg er {years} år.", "Here's my ID. I'm {years}."),
    ("Ja da, {years} år. Se her.", "Sure, I'm {years}. Here you are."),
)
TOO_YOUNG = bank(
    ("Eh … jeg er bare {years} år.", "Er … I'm only {years}."),
    ("Jeg er {years} år. Går ikke det?", "I'm {years}. Isn't that all right?"),
)
CARD_APPROVED = bank(("(Terminalen viser: GODKJENT)", "(The terminal shows: APPROVED)"))
CARD_DECLINED = bank(("(Terminalen viser: AVVIST)", "(The terminal shows: DECLINED)"))

THANKS = bank(("Fint, takk.", "Great, thanks."), ("Godt å vite, takk.", "Good to know, thanks."))
DOUBTS = bank(
    ("Er du sikker på det?", "Are you sure about that?"),
    ("Hm, det står noe annet på plakaten.", "Hm, the board says something else."),
)
NOTHING_MORE = bank(("Det var alt.", "That's all."), ("Det er alt, takk.", "That's everything, thanks."))
