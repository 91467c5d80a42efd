"""What customers say that belongs to no menu: a yes, a no, a flat no, thanks, as people at a counter say it."""

from __future__ import annotations

from pos.domain.questions import OfferKind, Reason
from pos.domain.text import LocalText
from pos.training.scenarios import Mood

Bank = tuple[LocalText, ...]


def bank(*pairs: tuple[str, str]) -> Bank:
    """Phrases, each in Bokmål and English."""
    return tuple(LocalText(nb, en) for nb, en in pairs)


YES: dict[OfferKind, Bank] = {
    OfferKind.UPSELL: bank(
        ("Ja takk.", "Yes, please."),
        ("Ja, det kan du ta.", "Yeah, go on then."),
        ("Ok, kjør på.", "Okay, let's do that."),
        ("Jo, hvorfor ikke?", "Sure, why not?"),
        ("Ja, ta den største.", "Yes, make it the bigger one."),
    ),
    OfferKind.CROSS_SELL: bank(
        ("Ja takk, gjerne.", "Yes please, I'd love one."),
        ("Å ja, det hadde vært godt.", "Oh yes, that would be nice."),
        ("Hm … ja, ta med det.", "Hm … yes, add that."),
        ("Ja, det høres godt ut.", "Yes, that sounds good."),
        ("Greit, det unner jeg meg.", "All right, I'll treat myself."),
    ),
}

NO: dict[Mood, Bank] = {
    Mood.PLAIN: bank(
        ("Nei takk.", "No, thank you."),
        ("Nei, det er bra sånn.", "No, I'm fine, thanks."),
        ("Ikke i dag, takk.", "Not today, thanks."),
        ("Bare en vanlig, takk.", "Just the regular one, thanks."),
        ("Nei, jeg klarer meg.", "No, I'm all right."),
    ),
    Mood.WARM: bank(
        ("Nei, men takk som spør!", "No, but thanks for asking!"),
        ("Fristende, men ikke i dag.", "Tempting, but not today."),
        ("Nei, ellers takk, du.", "No, but that's kind of you."),
    ),
    Mood.FLAT: bank(
        ("Nei, det er alt.", "No, that's all."),
        ("Nei. Bare det jeg sa.", "No. Just what I said."),
        ("Det var alt.", "That's everything."),
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
        ("Hæ? Nei! Hva sa jeg nå igjen?", "What? No! What did I order again?"),
        ("Nei, spør heller han der.", "No, ask him over there."),
    ),
}

ALREADY_SAID: dict[Reason, Bank] = {
    Reason.ALREADY_IN_ORDER: bank(
        ("Det har jeg jo allerede bestilt.", "But I've ordered that already."),
        ("Er ikke det med fra før?", "Isn't that in there already?"),
    ),
    Reason.SIZE_STATED: bank(
        ("Jeg sa jo hvilken størrelse jeg ville ha.", "I told you which size I wanted."),
        ("Nei, den størrelsen jeg sa.", "No, the size I said."),
    ),
    Reason.REFUSED_BEFORE: bank(
        ("Jeg sa jo nei til det.", "I said no to that."),
        ("Du har allerede spurt om det.", "You have asked me that already."),
    ),
    Reason.ALLERGEN: bank(
        ("Men jeg sa jo at vi ikke tåler det!", "But I told you about the allergy!"),
        ("Kan jeg spise det, da? Jeg er jo allergisk.", "Can I eat that, then? I am allergic, you know."),
    ),
    Reason.CHILD: bank(
        ("Jeg har ikke mer penger, jeg.", "I don't have any more money."),
        ("Eh … mamma sa bare dette.", "Er … Mum said only this."),
    ),
    Reason.LEFT_ALONE: bank(
        ("Jeg ba om å slippe spørsmål.", "I asked for no questions."),
        ("Som sagt: ikke noe mer, takk.", "As I said: nothing else, thank you."),
    ),
    Reason.STAFF: bank(
        ("Jeg jobber her, vet du.", "I work here, you know."),
        ("Dette er bare en ny av den som ble feil.", "It's only the one that came out wrong."),
    ),
}

SAME_AGAIN = bank(
    ("Jeg har svart på det.", "I've answered that."),
    ("Nei, sa jeg.", "No, I said."),
    ("Fortsatt nei.", "Still no."),
)
SAME_YES_AGAIN = bank(("Ja, som jeg sa.", "Yes, as I said."), ("Ja, ja.", "Yes, yes."))

YES_TO_SOME = bank(
    ("Ja, men bare på {count}.", "Yes, but only for {count}."),
    ("På {count} av dem, takk.", "For {count} of them, please."),
)
YES_IN = bank(
    ("Ja takk. {choice}, takk.", "Yes please. {choice}, please."),
    ("Å ja! Har dere {choice}?", "Oh yes! Do you have {choice}?"),
    ("Ja, en med {choice}.", "Yes, one with {choice}."),
)
INSTEAD = bank(
    ("Ikke det, men jeg tar gjerne {name} i stedet.", "Not that, but I'll have {name} instead."),
    ("Har dere ikke {name}? Da tar jeg det.", "Don't you have {name}? I'll take that."),
)

CHOOSING = bank(("{name}, takk.", "{name}, please."), ("Jeg tar {name}.", "I'll have {name}."))

CONFIRMING = bank(
    ("Ja, det går fint. Den er ikke til meg.", "Yes, that's fine. That one isn't for me."),
    ("Det vet jeg, takk. Den er til en annen.", "I know, thanks. It's for somebody else."),
)
LEAVING_OUT = bank(
    ("Nei, da dropper jeg den.", "No, then I'll leave that one."), ("Å. Da tar jeg den bort.", "Oh. Take it off, then.")
)

EATING_IN = bank(
    ("Spise her.", "For here."), ("Det er for å spise her.", "To eat in, please."), ("Her, takk.", "Eat in, please.")
)
TAKING_AWAY = bank(
    ("Ta med.", "To take away."), ("Ta med, takk.", "To go, please."), ("Det er for å ta med.", "Take away.")
)

PAYING_CASH = bank(
    ("Kontant. Her er {amount}.", "Cash. Here's {amount}."), ("Her, {amount}.", "Here you go, {amount}.")
)
PAYING_EXACT = bank(
    ("Jeg har det akkurat.", "I've got it exactly."), ("Kontant, her er riktig sum.", "Cash, exact money.")
)
PAYING_CARD = bank(("Kort, takk.", "Card, please."), ("Jeg tar det på kort.", "I'll pay by card."))
PAYING_MOBILE = bank(("Kan jeg betale med mobilen?", "Can I pay by phone?"), ("Mobil, takk.", "By phone, please."))
PAYING_PART = {
    "cash": bank(("Jeg tar {amount} kontant.", "I'll pay {amount} in cash.")),
    "card": bank(("Jeg tar {amount} på kort.", "I'll put {amount} on my card.")),
    "mobile": bank(("Jeg tar {amount} på mobilen.", "I'll pay {amount} by phone.")),
}
PAYING_REST = bank(("Resten tar jeg. ", "I'll take the rest. "))
CARD_APPROVED = bank(("(Terminalen viser: GODKJENT)", "(The terminal shows: APPROVED)"))
CARD_DECLINED = bank(("(Terminalen viser: AVVIST)", "(The terminal shows: DECLINED)"))

THANKS = bank(("Fint, takk.", "Great, thanks."), ("Godt å vite, takk.", "Good to know, thanks."))
DOUBTS = bank(
    ("Er du sikker på det?", "Are you sure about that?"),
    ("Hm, det står noe annet på plakaten.", "Hm, the board says something else."),
)
NOTHING_MORE = bank(("Det var alt.", "That's all."), ("Det er alt, takk.", "That's everything, thanks."))
