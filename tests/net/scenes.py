"""Scenes that random days seldom reach. Each day has one, after its opening and before its random steps.

`1: b ASK n | 2: f10` are keys at the first till, then at the second. `ASK`, `PAY` and `END` stand for the keys that
lead to a question, to payment, and to the end of the order. A step that is not a key has `_` for each blank. A scene
that needs a certain shop names it first: `giving! 1: b`.
"""

from __future__ import annotations

from tests.net.shops import SHOPS

BURGER = "right b"
SCENES = (
    # payments at a terminal, and tills that take over each other's orders
    f"1: {BURGER} PAY k u | 2: , r 1 | 1: b | 2: + | 1: tick END",
    f"1: {BURGER} PAY k u f9 | 2: b f10 + | 1: f10",
    f"1: {BURGER} PAY 5 0 a f9 | 2: f10 escape b backspace k + | 1: f10",
    f"1: {BURGER} PAY 5 0 a escape b + > = , n x enter , c f9 f10 backspace escape + PAY a",
    f"1: {BURGER} PAY k b enter a escape f10 , a u - restart PAY v + , p",
    f"1: {BURGER} PAY terminal_approved k terminal_intent , p enter",
    f"1: {BURGER} PAY terminal_unknown k restart - a",
    f"1: {BURGER} PAY terminal_broken v terminal_declined k a",
    f"1: {BURGER} PAY 4 0 k + backspace g escape + PAY a",
    f"1: {BURGER} PAY 2 0 a 3 0 v - , a s s d , m",
    f"1: b f9 {BURGER} f9 | 2: f10 | 1: f10 1 | 2: 1 1 | 1: END | 2: END",
    f"1: {BURGER} ASK f9 | 2: f10 j 1 PAY f9 | 1: f10 PAY a",
    f"1: {BURGER} ASK restart j 1 restart PAY restart k restart + restart",
    f"1: {BURGER} PAY k f9 | 2: f10 + | 1: {BURGER} PAY v f9 f10 - a",
    f"1: {BURGER} PAY k - escape backspace backspace backspace PAY a",
    # questions
    f"1: {BURGER} ASK j escape < > < PAY a",
    f"1: {BURGER} b ASK j escape delete up < backspace PAY a",
    f"1: {BURGER} ASK right right right left left left left right n END",
    f"1: {BURGER} ASK n escape > PAY a",
    f"1: {BURGER} ASK j backspace n backspace j 1 n backspace backspace END",
    f"1: {BURGER} ASK n j 1 escape delete enter END",
    f"1: {BURGER} ASK n 1 backspace 2 backspace 0 backspace x 1 backspace END",
    f"1: {BURGER} + + ASK - j n END",
    f"1: 5 {BURGER} ASK + - - - j + + n END",
    f"1: {BURGER} ASK right j backspace right right n 2 END",
    f"1: {BURGER} ASK x 4 , b 1 PAY END",
    f"1: {BURGER} ASK , m 1 a , p",
    f"1: {BURGER} ASK t j 1 n PAY f12 a f12",
    f"1: {BURGER} ASK ! 7 ! = n PAY a",
    f"1: {BURGER} ASK scan_9520001000010 ASK n n END",
    f"1: {BURGER} ASK fast_j fast_j fast_1 fast_a slow_j slow_1 END",
    f"1: {BURGER} ASK u 1 n u 1 END , s 1 , s 1",
    # changes around an order
    f"1: {BURGER} ASK | 2: , s b 4 , s b m 4 | 1: j tick n END | 2: , s 1",
    f"1: {BURGER} ASK n | 2: , s right right right right right b o 5 | 1: 1 2 n END",
    f"1: {BURGER} | 2: , s right b 1 | 1: enter . delete {BURGER} tick",
    f"1: {BURGER} f9 | -: menu_7 | 1: f10 END",
    f"1: {BURGER} ASK | -: menu_11 | 1: j tick n 1 END",
    f"1: {BURGER} PAY | -: menu_12 | 1: a tick a",
    f"1: {BURGER} PAY 5 0 a | -: menu_13 | 1: tick a",
    f"1: {BURGER} PAY 5 0 a f9 | -: menu_14 | -: pass_72000000 | 1: f10 backspace a",
    f"1: {BURGER} f9 b , a 1 | -: pass_72000000 | 1: f10 ASK n f10 END",
    f"1: {BURGER} | -: pass_72000000 | 1: tick PAY | -: pass_72000000 | 1: a",
    f"1: {BURGER} , a 2 f10 END , a 1",
    f"1: {BURGER} ASK , a 1 | 2: f10 | 1: f10 | 2: , a 3 | 1: f10",
    "-: set_-280 | 1: right right right right b ASK | -: pass_10800000 | 1: j n tick enter . delete END",
    f"1: {BURGER} ASK | -: set_-90 | 1: n | -: set_4000 | 1: n END",
    # lines
    f"1: {BURGER} . 1 2 enter . 3 1 backspace \" delete backspace + - - backspace < > = END",
    "1: b . 1 2 . 2 1 enter > < > = ! 7 enter enter = delete backspace END",
    f"1: b right right b {BURGER} up up + down delete backspace END",
    f"1: {BURGER} , n write_uten_is enter , n tab write_bord escape enter backspace backspace , n delete END",
    f"1: {BURGER} ! space 7 enter ! 2 enter enter = . 1 enter = = END",
    "1: 3 scan_9520001000010 2 1 * b 3 0 b * 3 0 * b END",
    f"1: {BURGER} {BURGER} , c write_hei enter , c write_fanta enter backspace PAY 1 , 5 a 1 0 0 , 5 5 a END",
    f"1: {BURGER} b PAY / 1 enter k + / 2 enter a / enter END",
    # papers
    f"1: {BURGER} PAY a printer_fails , p , p , p , p , p , p printer_works , p , p",
    f"1: printer_fails {BURGER} PAY a , o , p printer_jams , o printer_works , o , p , p",
    f"1: printer_fails {BURGER} PAY a restart printer_works b PAY a , p",
    f"1: {BURGER} PAY a printer_jams , p printer_works , p",
    "1: printer_fails b , m 3 PAY a , m 1 b , m 2 PAY a printer_works , o , p",
    # codes from an earlier visit
    f"giving! 1: / write_fries enter PAY a / write_fries enter bring_0 PAY a bring_0 END {BURGER} bring_0",
    "giving! 1: / write_fries enter PAY a / write_fries enter bring_0 backspace bring_0 f9 | 2: b bring_0 f10 END",
    "all day! 1: / write_fries enter PAY a bring_0 / write_fries enter , a 1 bring_wrong_0 bring_typed_0 f10 END",
    f"giving! 1: / write_fries enter PAY a | -: pass_1900800000 | 1: {BURGER} bring_0 END",
    "giving! 1: / write_fries enter PAY a / write_fries enter bring_0 bring_0 j | -: menu_5 | 1: tick bring_0 END",
    # channels, and orders that nobody pays for
    f"channels! 1: {BURGER} , b 1 space PAY k a a",
    f"channels! 1: {BURGER} , b 2 ASK , b 3 PAY , b 4 PAY a",
    f"channels! 1: {BURGER} , b 1 , c write_hei enter f9 | 2: f10 PAY a",
    f"channels! 1: {BURGER} , b 3 PAY x , b 4 ASK x 1 END",
    f"channels! 1: {BURGER} ASK | -: menu_21 | 1: , b 1 tick PAY a",
    "all day! 1: / write_fries enter PAY a / write_fries enter bring_0 , b 1 , b 1 bring_0 PAY a",
    f"1: {BURGER} PAY , m 1 k a b , m 3 PAY a , p enter , m 0",
    # prices that the customer was told
    f"1: {BURGER} f9 | -: menu_7 | -: pass_72000000 | 1: f10 END",
    f"1: {BURGER} f9 | -: menu_8 | 2: f10 {BURGER} > f9 | -: menu_9 | 1: f10 backspace END",
)  # fmt: skip


def scene(number: int) -> tuple[str, str]:
    """Returns the shop that the scene of a day needs (empty: any shop), and the scene."""
    text = SCENES[number % len(SCENES)]
    shop, found, played = text.partition("! 1: ")
    return (shop, f"1: {played}") if found and shop in SHOPS else ("", text)
