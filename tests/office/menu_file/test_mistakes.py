"""Every mistake in a menu file is named, with its place."""

import errno
from functools import cache
from pathlib import Path

import pytest

from pos.country import norway
from pos.office.menu_file import Problem, read_menu, read_menu_text
from pos.office.menu_file.source import unreadable
from pos.wording import wording
from pos.wording.reasons import REASONS

SMALL = (Path(__file__).parent / "small_menu.toml").read_text(encoding="utf-8")
LONG = "x" * 61
OTHERS = "".join(f'  {{ say = {{ nb = "{n}? {{more}}.", en = "{n}? {{more}}." }} }},\n' for n in range(3))
WORDY = "en to tre fire fem seks sju åtte ni ti elleve tolv {more}"

# (what stands there, what is put in its place, where the mistake is, its message id after "menu-")
MISTAKES = [
    # the file as a whole, and the types of TOML
    ("format = 1", "format = 2", "format", "unknown-format"),
    ("format = 1", "format = true", "format", "not-whole-number"),
    ("format = 1\n", "", "format", "missing"),
    ("format = 1", "format = 1\ncolour = 3", "colour", "unknown-key"),
    ("[shop]", "[[shop]]", "shop", "not-table"),
    ("[[threshold]]\nid = \"forty-off\"", "[bundles]\nid = \"forty-off\"", "bundles", "unknown-key"),
    ("[[daypart]]", "[daypart]", "daypart", "not-list"),
    ('name = "Bølgen Burger"', "name = 7", "shop: name", "not-text"),
    ('name = "Bølgen Burger"', 'name = " "', "shop: name", "blank"),
    ('name = "Bølgen Burger"\n', "", "shop: name", "missing"),
    ('city = "Havbukta"', 'city = "Havbukta"\nfax = ""', "shop: fax", "unknown-key"),
    ('"999999999"', '"99999999"', "shop: org_no", "bad-org-no"),
    ('"999999999"', '"999999998"', "shop: org_no", "org-no-check-digit"),
    ('{ nb = "Burgere", en = "Burgers" }', '"Burgere"', "category burgers: name", "not-translated"),
    ('{ nb = "Burgere", en = "Burgers" }', '{ nb = "Burgere" }', "category burgers: name, en", "missing-translation"),
    ('{ nb = "Burgere", en = "Burgers" }', '{ nb = "", en = "B" }', "category burgers: name, nb", "blank"),
    ('en = "Burgers" }', 'en = "Burgers", se = "" }', "category burgers: name, se", "unknown-key"),
    ('"Burgere"', '"Bur\\u001bgere"', "category burgers: name, nb", "unsafe-text"),
    *(
        (
            '{ nb = "Burgere", en = "Burgers" }',
            f'{{ nb = "Burgere", en = "Burgers" }}\narticle_group = {group}',
            "category burgers: article_group",
            problem,
        )
        for group, problem in (
            ('"meat"', "unknown-article-group"),
            ('"deposit"', "unknown-article-group"),
            ('""', "blank"),
            ("4006", "not-text"),
        )
    ),
    ('city = "Havbukta"', 'city = "Havbukta"\ndiscount = 101', "shop: discount", "number-out-of-range"),
    ('city = "Havbukta"', 'city = "Havbukta"\ntips = 10001', "shop: tips", "number-out-of-range"),
    ('city = "Havbukta"', 'city = "Havbukta"\nlock_after = -1', "shop: lock_after", "number-out-of-range"),
    ('"Burgere"', '"Bur\\u202egere"', "category burgers: name, nb", "unsafe-text"),
    ('"Burgere"', f'"{LONG}"', "category burgers: name, nb", "text-too-long"),
    ('city = "Havbukta"', 'city = "Havbukta"\nday_ends = "5"', "shop: day_ends", "bad-time"),
    ('city = "Havbukta"', 'city = "Havbukta"\nday_ends = "24:00"', "shop: day_ends", "bad-time"),
    ('city = "Havbukta"', 'city = "Havbukta"\nday_ends = 05:00:00', "shop: day_ends", "not-text"),
    ('city = "Havbukta"', 'city = "Havbukta"\nscanner = "usb"', "shop: scanner", "unknown-scanner"),
    ('city = "Havbukta"', 'city = "Havbukta"\nscanner = true', "shop: scanner", "not-text"),
    *(
        (
            'city = "Havbukta"',
            f'city = "Havbukta"\nscanner_prefix = "{prefix}"',
            "shop: scanner_prefix",
            "bad-scanner-prefix",
        )
        for prefix in ("", "~~", "b", "1", " ", "*", "/", "\\u0002")
    ),
    ('city = "Havbukta"', 'city = "Havbukta"\nscanner_prefix = 1', "shop: scanner_prefix", "not-text"),
    (
        'city = "Havbukta"',
        'city = "Havbukta"\nscanner = "none"\nscanner_prefix = "~"',
        "shop: scanner_prefix",
        "prefix-without-scanner",
    ),
    # accounts
    *(
        ("[[daypart]]", f"[accounts]\n{line}\n[[daypart]]", f"accounts: {place}", problem)
        for line, place, problem in (
            ("wages = 2900", "wages", "unknown-key"),
            ('rounding = ""', "rounding", "not-whole-number"),
            ('rounding = "7740"', "rounding", "not-whole-number"),
            ("receivable = 0", "receivable", "number-out-of-range"),
            ("cash_difference = -1", "cash_difference", "number-out-of-range"),
            ("tips = 0", "tips", "number-out-of-range"),
            ("sales = 3000", "sales", "not-table"),
            ("sales = { mva-25 = true }", "sales, mva-25", "not-whole-number"),
            ("sales = { food = 3000 }", "sales, food", "unknown-tax"),
            ("sales = { 25 = 3000 }", "sales, 25", "unknown-tax"),
            ("output_vat = { mva-52 = 2701 }", "output_vat, mva-52", "unknown-tax"),
            ("groups = { meat = 3001 }", "groups, meat", "unknown-article-group"),
            ("payments = { cheque = 1900 }", "payments, cheque", "unknown-payment"),
            ("payments = { cash = [] }", "payments, cash", "not-whole-number"),
        )
    ),
    ("[[daypart]]", "[[accounts]]\ncash = 1\n[[daypart]]", "accounts", "not-table"),
    # deposits
    ("price = 35.00", "price = 35.00\ndeposit = -2.00", "item cola-m: deposit", "amount-negative"),
    ("price = 35.00", "price = 35.00\ndeposit = 2.005", "item cola-m: deposit", "amount-decimals"),
    ("price = 35.00", 'price = 35.00\ndeposit = "2,00"', "item cola-m: deposit", "not-amount"),
    ("price = 119.00", "price = 119.00\ndeposit = 2.00", "item burger-meal: deposit", "deposit-on-meal"),
    ('cost = 5.00\nvat = "food"', 'cost = 5.00\nvat = "deposit"', "item cola-m: vat", "unknown-vat"),
    # asking, and next-visit offers
    ("[[daypart]]", "[next_visit]\ndays = 0\noff = 50\n[[daypart]]", "next_visit: days", "number-out-of-range"),
    ("[[daypart]]", "[next_visit]\ndays = 367\noff = 50\n[[daypart]]", "next_visit: days", "number-out-of-range"),
    ("[[daypart]]", '[next_visit]\ndays = "14"\noff = 50\n[[daypart]]', "next_visit: days", "not-whole-number"),
    ("[[daypart]]", "[next_visit]\ndays = 14\noff = 101\n[[daypart]]", "next_visit: off", "number-out-of-range"),
    ("[[daypart]]", "[next_visit]\ndays = 14\noff = 0\n[[daypart]]", "next_visit: off", "number-out-of-range"),
    ("[[daypart]]", "[next_visit]\ndays = 14\n[[daypart]]", "next_visit: off", "missing"),
    ("[[daypart]]", "[next_visit]\noff = 50\n[[daypart]]", "next_visit: days", "missing"),
    ("[[daypart]]", "[[next_visit]]\ndays = 14\noff = 50\n[[daypart]]", "next_visit", "not-table"),
    ("[[daypart]]", '[asking]\nrefusals = "week"\n[[daypart]]', "asking: refusals", "unknown-refusals"),
    ("[[daypart]]", "[asking]\nrefusals = true\n[[daypart]]", "asking: refusals", "not-text"),
    ("[[daypart]]", '[asking]\nrefusal = "day"\n[[daypart]]', "asking: refusal", "unknown-key"),
    ("priority = 10", 'next_visit = "no"', "upgrade_path burger: next_visit", "not-yes-no"),
    # dayparts, modifiers, slots
    ('from = "06:00"', 'from = "6:00"', "daypart breakfast: from", "bad-time"),
    ('from = "06:00"', 'from = "24:00"', "daypart breakfast: from", "bad-time"),
    ('from = "06:00"', "from = 06:00:00", "daypart breakfast: from", "not-text"),
    ('to = "10:30"', 'to = "06:00"', "daypart breakfast: to", "daypart-empty"),
    ('id = "burgers"\n', 'id = "Burgers"\n', "category 1: id", "bad-id"),
    ('id = "drinks"', 'id = "burgers"', "category burgers: id", "doubled"),
    ('id = "spare-grill"', 'id = "grill"', "machine grill: id", "doubled"),
    ('name = { nb = "grillen", en = "the grill" }\n', "", "machine grill: name", "missing"),
    ("min = 0", "min = 3", "modifier_group changes: min", "min-over-max"),
    ("min = 0", "min = -1", "modifier_group changes: min", "number-out-of-range"),
    ("max = 2", "max = 10", "modifier_group changes: max", "number-out-of-range"),
    ("max = 2", "max = 2.0", "modifier_group changes: max", "not-whole-number"),
    ("min = 1\nmax = 1", "min = 2\nmax = 2", "modifier_group flavour: modifiers", "too-few-modifiers"),
    ('id = "bacon", name', 'id = "no-onion", name', "modifier_group changes: modifiers 2, id", "doubled"),
    ('id = "vanilla"', 'id = "no-onion"', "modifier_group flavour: modifiers 1, id", "doubled"),
    ('adds = ["mustard"]', 'adds = ["dust"]', "modifier_group changes: modifiers 2, adds 1", "unknown-allergen"),
    ('adds = ["mustard"]', 'adds = ["sesame"]', "modifier_group changes: modifiers 2, removes", "allergen-twice"),
    ('removes = ["sesame"]', "removes = [1]", "modifier_group changes: modifiers 2, removes 1", "not-text"),
    ('default = "cola-m"', 'default = "shake"', "slot drink: default", "default-not-a-choice"),
    ('{ sku = "cola-l", s', '{ sku = "cola-m", s', "slot drink: choices 2, sku", "twice-in-list"),
    ('{ sku = "cola-l", s', '{ sku = "nothing", s', "slot drink: choices 2, sku", "unknown-item"),
    ('{ sku = "cola-l", s', '{ sku = "burger-meal", s', "slot drink: choices 2, sku", "meal-in-meal"),
    ('{ sku = "cola-l", s', '{ sku = "shake", s', "slot drink: choices 2, sku", "choice-inside-meal"),
    ("supplement = 5.00", "supplement = -5.00", "slot drink: choices 2, supplement", "amount-negative"),
    # items
    ('sku = "shake"\nname', 'sku = "Shake!"\nname', "item 4: sku", "bad-id"),
    ('sku = "beer"\n', 'sku = "shake"\n', "item shake: sku", "doubled"),
    ('plu = "21"', 'plu = "11"', "item cola-m: plu", "doubled"),
    ('plu = "21"', 'plu = "1234567"', "item cola-m: plu", "bad-plu"),
    ('plu = "21"', "plu = 21", "item cola-m: plu", "not-text"),
    ('barcode = "95200118"', 'barcode = "9520001000010"', "item cola-m: barcode", "doubled"),
    ('barcode = "95200118"', 'barcode = "09520001000010"', "item cola-m: barcode", "doubled"),
    ('barcode = "95200118"', 'barcode = "95200119"', "item cola-m: barcode", "barcode-check-digit"),
    ('barcode = "9520001000010"', 'barcode = "9520001000011"', "item burger: barcode", "barcode-check-digit"),
    ('barcode = "95200118"', 'barcode = "9520011"', "item cola-m: barcode", "bad-barcode"),
    ('barcode = "95200118"', 'barcode = "952٠0118"', "item cola-m: barcode", "bad-barcode"),
    ('category = "drinks"\nprice = 49', 'category = "fish"\nprice = 49', "item shake: category", "unknown-category"),
    ("price = 99.00\n", "", "item beer: price", "missing"),
    ("price = 99.00", 'price = "99.00"', "item beer: price", "not-amount"),
    ("price = 99.00", "price = true", "item beer: price", "not-amount"),
    ("price = 99.00", "price = nan", "item beer: price", "not-amount"),
    ("price = 99.00", "price = inf", "item beer: price", "not-amount"),
    ("price = 99.00", "price = 1e999999999999999999999", "item beer: price", "not-amount"),
    ("price = 99.00", "price = -1", "item beer: price", "amount-negative"),
    ("price = 99.00", "price = 100000.01", "item beer: price", "amount-absurd"),
    ("price = 99.00", "price = 99.001", "item beer: price", "amount-decimals"),
    ('vat = "alcohol"', 'vat = "beer"', "item beer: vat", "unknown-vat"),
    ('vat = "alcohol"', 'vat = "alcohol"\narticle_group = "øl"', "item beer: article_group", "unknown-article-group"),
    ('vat = "alcohol"', 'vat = "alcohol"\narticle_group = "food"', "item beer: article_group", "article-group-class"),
    ('vat = "alcohol"', 'vat = "food"\narticle_group = "tobacco"', "item beer: article_group", "article-group-class"),
    ("age_limit = 18", "age_limit = 0", "item beer: age_limit", "number-out-of-range"),
    ("age_limit = 18", "price_takeaway = 5.00\nage_limit = 18", "item beer: price_takeaway", "unknown-key"),
    ('["gluten:barley"]', '["gluten:maize"]', "item beer: allergens, contains 1", "unknown-allergen"),
    ('["gluten:barley"] }', "[], no = [] }", "item beer: allergens, no", "unknown-key"),
    ('allergens = "unknown"', 'allergens = "none"', "item cola-l: allergens", "not-table"),
    ('unknown = ["celery"]', 'unknown = ["milk"]', "item burger: allergens, unknown", "allergen-twice"),
    ('made_on = "grill"', 'made_on = "fryer"', "item burger: made_on", "unknown-machine"),
    ('made_on = "grill"', 'made_on = "The Grill"', "item burger: made_on", "bad-id"),
    ('dayparts = ["breakfast"]', 'dayparts = ["lunch"]', "item burger: dayparts", "unknown-daypart"),
    ('dayparts = ["breakfast"]', 'dayparts = "breakfast"', "item burger: dayparts", "not-list"),
    ('modifiers = ["flavour"]', 'modifiers = ["taste"]', "item shake: modifiers", "unknown-modifier-group"),
    ('modifiers = ["flavour"]', 'modifiers = ["flavour", "flavour"]', "item shake: modifiers 2", "twice-in-list"),
    ("tile = false\n", "", "item cola-l: tile", "second-tile"),
    ("tile = false", "tile = 0", "item cola-l: tile", "not-yes-no"),
    ('size = { nb = "medium", en = "medium" }\n', "", "item cola-m: size", "family-without-size"),
    ('main = "burger"', 'main = "fish"', "item burger-meal: meal, main", "unknown-item"),
    ('main = "burger"', 'main = "burger-meal"', "item burger-meal: meal, main", "meal-in-meal"),
    ('main = "burger"', 'main = "shake"', "item burger-meal: meal, main", "choice-inside-meal"),
    ('slots = ["drink"]', "slots = []", "item burger-meal: meal, slots", "meal-without-slots"),
    ('slots = ["drink"]', 'slots = ["side"]', "item burger-meal: meal, slots", "unknown-slot"),
    ('slots = ["drink"]', 'slots = ["drink", "drink"]', "item burger-meal: meal, slots 2", "twice-in-list"),
    # upgrade paths
    ('steps]]\nsku = "cola-l"', 'steps]]\nsku = "cola-xl"', "upgrade_path cola: steps 2, sku", "unknown-item"),
    ('steps]]\nsku = "cola-l"', 'steps]]\nsku = "cola-m"', "upgrade_path cola: steps 2, sku", "path-circles"),
    ('steps]]\nsku = "cola-l"', 'steps]]\nsku = "beer"', "upgrade_path cola: steps 2, sku", "offers-age-limited"),
    ('steps]]\nsku = "cola-m"', 'steps]]\nsku = "burger"', "upgrade_path cola: steps 2, sku", "path-goes-down"),
    ('steps]]\nsku = "cola-m"', 'steps]]\ncategory = "fish"',
     "upgrade_path cola: steps 1, category", "unknown-category"),
    ('steps]]\nsku = "cola-l"', 'steps]]\ncategory = "meals"',
     "upgrade_path cola: steps 2, category", "category-step-not-first"),
    ('steps]]\nsku = "cola-l"', 'steps]]\nmodifier = "bacon"',
     "upgrade_path cola: steps 2, modifier", "modifier-not-taken"),
    ('steps]]\nsku = "cola-l"', 'steps]]\nitem = 1\nsku = "cola-l"', "upgrade_path cola: steps 2, item", "unknown-key"),
    ('steps]]\ncategory = "burgers"', 'steps]]\nmodifier = "no-onion"',
     "upgrade_path bacon: steps 1, modifier", "first-step-modifier"),
    ('steps]]\nmodifier = "bacon"', 'steps]]\nmodifier = "egg"',
     "upgrade_path bacon: steps 2, modifier", "unknown-modifier"),
    ('steps]]\nmodifier = "bacon"', 'steps]]\nmodifier = "vanilla"',
     "upgrade_path bacon: steps 2, modifier", "modifier-not-taken"),
    ('steps]]\nsku = "cola-m"', 'steps]]\nsku = "cola-m"\nsay_rush = 1',
     "upgrade_path cola: steps 1, say_rush", "first-step-words"),
    ('say = { nb = "Bacon på? {more}.", en = "Add bacon? {more}." }', "",
     "upgrade_path bacon: steps 2, say", "missing"),
    ("priority = 10", "priority = 1000001", "upgrade_path burger: priority", "number-out-of-range"),
    # words
    ("Bacon på? {more}.", "Bacon på?", "upgrade_path bacon: steps 2, say, nb", "missing-placeholder"),
    ("Bacon på? {more}.", "Bacon? {more} {count}.", "upgrade_path bacon: steps 2, say, nb", "unknown-placeholder"),
    ("Bacon på? {more}.", "Bacon? {more} {}.", "upgrade_path bacon: steps 2, say, nb", "unknown-placeholder"),
    ("Bacon på? {more}.", "Bacon på}? {more}.", "upgrade_path bacon: steps 2, say, nb", "stray-brace"),
    ("Bacon på? {more}.", WORDY, "upgrade_path bacon: steps 2, say, nb", "too-many-words"),
    ("Bacon på? {more}.", "{more}" + "x" * 155, "upgrade_path bacon: steps 2, say, nb", "text-too-long"),
    ("A meal for all {count}?", "A meal for all?", "upgrade_path burger: steps 2, say_many, en", "missing-placeholder"),
    # other wordings
    ('sku = "cola-m"\n[[upgrade', 'sku = "cola-m"\nalso = []\n[[upgrade',
     "upgrade_path cola: steps 1, also", "first-step-words"),
    ("Blir det meny i dag? {more}.", "Blir det meny i dag?",
     "upgrade_path burger: steps 2, also 1, say, nb", "missing-placeholder"),
    ("Blir det meny i dag? {more}.", WORDY, "upgrade_path burger: steps 2, also 1, say, nb", "too-many-words"),
    ("  { say = {", "  { after_no = 1, say = {", "upgrade_path burger: steps 2, also 1, after_no", "unknown-key"),
    ('{ nb = "Blir det meny i dag? {more}.", en = "A meal today? {more}." }',
     '{ nb = "Skal det være meny? {more} ekstra.", en = "Make it a meal? {more} more." }',
     "upgrade_path burger: steps 2, also 1, say", "wording-twice"),
    ("also = [\n", "also = [\n" + OTHERS, "upgrade_path burger: steps 2, also", "too-many-wordings"),
    ('after_no = { nb = "Greit. Frister en shake? {more}.", en = "Fine. Fancy a shake? {more}." }\n', "",
     "pairing burgers-shake: also 1, after_no", "missing"),
    # pairings
    ('offer = "burger"', 'offer = "cola-m"', "pairing cola-burger: offer", "pairing-with-itself"),
    ('offer = "burger"', 'offer = "cola-l"', "pairing cola-burger: offer", "pairing-with-itself"),
    ('with = { sku = "cola-m" }', 'with = { sku = "burger-meal" }',
     "pairing cola-burger: offer", "pairing-with-itself"),
    ('offer = "burger"', 'offer = "beer"', "pairing cola-burger: offer", "offers-age-limited"),
    ('offer = "burger"', 'offer = "fish"', "pairing cola-burger: offer", "unknown-item"),
    ('with = { sku = "cola-m" }', 'with = { sku = "fish" }', "pairing cola-burger: with, sku", "unknown-item"),
    ('with = { category = "burgers" }', 'with = { category = "fish" }',
     "pairing burgers-shake: with, category", "unknown-category"),
    ("with = { anything = true }", "with = { anything = false }",
     "pairing anything-shake: with, anything", "anything-is-true"),
    ("with = { anything = true }", "with = {}", "pairing anything-shake: with", "needs-one-of"),
    ("with = { anything = true }\n", "", "pairing anything-shake: with", "missing"),
    ('anything = true }', 'anything = true, sku = "beer" }', "pairing anything-shake: with", "needs-only-one-of"),
    ('after_no = { nb = "Greit. En burger? {more}.", en = "Fine. A burger? {more}." }\n', "",
     "pairing cola-burger: after_no", "missing"),
    # channels
    ('id = "foodora"', 'id = "card"', "channel card: id", "channel-reserved"),
    ('id = "foodora"', 'id = "Foodora"', "channel 1: id", "bad-id"),
    ('id = "foodora"', 'id = "phone"', "channel phone: id", "doubled"),
    ('nb = "Telefon"', 'nb = "Tele\\u001bfon"', "channel phone: name, nb", "unsafe-text"),
    ('paid = "platform"\n', "", "channel foodora: paid", "missing"),
    ('paid = "platform"', 'paid = "foodora"', "channel foodora: paid", "channel-unknown-word"),
    ('paid = "platform"', "paid = true", "channel foodora: paid", "not-text"),
    ("markup = 12.5", "markup = 250", "channel foodora: markup", "number-out-of-range"),
    ("markup = 12.5", "markup = -51", "channel foodora: markup", "number-out-of-range"),
    ("markup = 12.5", "markup = 12.555", "channel foodora: markup", "percent-decimals"),
    ("markup = 12.5", 'markup = "15 %"', "channel foodora: markup", "not-percent"),
    ("markup = 12.5", "markup = true", "channel foodora: markup", "not-percent"),
    ("markup = 12.5", "markup = nan", "channel foodora: markup", "not-percent"),
    ('serving = "take_away"', 'serving = "takeaway"', "channel foodora: serving", "channel-unknown-word"),
    ("{ burger = 98.00 }", "{ hamburger = 99.00 }", "channel foodora: prices, hamburger", "unknown-item"),
    ("{ burger = 98.00 }", "{ burger = -1 }", "channel foodora: prices, burger", "amount-negative"),
    ("{ burger = 98.00 }", '{ burger = "99" }', "channel foodora: prices, burger", "not-amount"),
    ("{ burger = 98.00 }", "99.00", "channel foodora: prices", "not-table"),
    ("deals = true", 'deals = "ja"', "channel phone: deals", "not-yes-no"),
    ("deals = true", "discounts = true", "channel phone: discounts", "unknown-key"),
    # bundles and thresholds
    ("price = 159.00", "price = 178.01", "bundle two-burgers: price", "bundle-dearer"),
    ("price = 159.00", "price = 159.00\noff = 1.00", "bundle two-burgers", "needs-only-one-of"),
    ("price = 159.00", "", "bundle two-burgers", "needs-one-of"),
    ("off = 10.00", "off = 0", "bundle burger-and-drink: off", "amount-zero"),
    ('skus = ["burger"], q', 'skus = ["fish"], q', "bundle two-burgers: parts 1, skus 1", "unknown-item"),
    ('skus = ["burger"], q', 'skus = ["burger-meal"], q', "bundle two-burgers: parts 1, skus 1", "bundle-of-meals"),
    ('skus = ["burger"], q', "skus = [], q", "bundle two-burgers: parts 1, skus", "empty-list"),
    ('skus = ["burger"], q', 'category = "meals", q', "bundle two-burgers: parts 1, category", "bundle-of-meals"),
    ('skus = ["burger"], q', 'category = "fish", q', "bundle two-burgers: parts 1, category", "unknown-category"),
    ('skus = ["burger"], q', 'skus = ["burger", "B"], q', "bundle two-burgers: parts 1, skus 2", "bad-id"),
    ("quantity = 2", "quantity = 0", "bundle two-burgers: parts 1, quantity", "number-out-of-range"),
    ('code = "STUDENT"', 'code = "STU DENT"', "bundle burger-and-drink: code", "bad-code"),
    ('code = "FORTY"', 'code = "student"', "threshold forty-off: code", "doubled"),
    ('id = "forty-off"', 'id = "two-burgers"', "threshold two-burgers: id", "doubled"),
    ('id = "forty-off"', 'id = "shake"', "threshold shake: id", "doubled"),
    ('free = "shake"', 'free = "fish"', "threshold free-shake: free", "unknown-item"),
    ('free = "shake"', 'free = "shake"\noff = 1.00', "threshold free-shake", "needs-only-one-of"),
    ('free = "shake"', "", "threshold free-shake", "needs-one-of"),
    ("at_least = 250.00", "at_least = 0.00", "threshold free-shake: at_least", "amount-zero"),
    ("off = 40.00", "off = 500.01", "threshold forty-off: off", "off-more-than-order"),
]  # fmt: skip


@cache
def problems(text: str | bytes) -> list[Problem]:
    book, found = read_menu_text(text if isinstance(text, bytes) else text.encode(), norway())
    assert (book is None) == bool(found)
    return found


def broken(old: str, new: str) -> str:
    assert old in SMALL, f"the small menu has no {old!r}"
    return SMALL.replace(old, new, 1)


def ids(found: list[Problem]) -> list[str]:
    return [problem.message_id for problem in found]


def test_the_small_menu_is_whole() -> None:
    assert problems(SMALL) == []


@pytest.mark.parametrize(("old", "new", "place", "message_id"), MISTAKES)
def test_a_mistake_is_named_with_its_place(old: str, new: str, place: str, message_id: str) -> None:
    found = {problem.place: problem.message_id for problem in problems(broken(old, new))}
    assert found.pop(place) == f"menu-{message_id}"
    assert all(followed.startswith("menu-unknown") for followed in found.values()), "only what led there may follow"


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_mistake_is_a_whole_sentence(language: str) -> None:
    words = wording(language)
    for old, new, _, _ in MISTAKES:
        for problem in problems(broken(old, new)):
            sentence = words.text(problem.message_id, **problem.values)
            assert problem.message_id not in sentence
            assert not any(f"{{{name}}}" in sentence for name in problem.values)


def test_all_mistakes_are_listed_at_once_in_the_order_of_the_file() -> None:
    text = SMALL
    for old, new in (("off = 40.00", "off = -1"), ('"999999999"', '"9"'), ('vat = "alcohol"', 'vat = "x"')):
        text = text.replace(old, new, 1)
    assert [problem.place for problem in problems(text)] == [
        "shop: org_no",
        "item beer: vat",
        "threshold forty-off: off",
    ]


@pytest.mark.parametrize(
    ("old", "new", "on_line"),
    [
        ('"999999999"', '"9"', 'org_no = "9"'),
        ("price = 99.00", "price = -1", "price = -1"),
        ('cost = 30.00\nvat = "alcohol"', 'vat = "alcohol"', '[[item]]\nsku = "beer"'),
        ('{ id = "vanilla"', '\n  { id = "no-onion"', '  { id = "no-onion", name = { nb = "Vanilje"'),
        ('steps]]\nsku = "cola-l"', 'steps]]\nsku = "cola-xl"', 'sku = "cola-xl"'),
        ("Bacon på? {more}.", "Bacon på?", 'say = { nb = "Bacon på?"'),
        ('{ sku = "cola-l", s', '{ sku = "nothing", s', '  { sku = "nothing"'),
        ("format = 1", "format = 1\ncolour = 3", "colour = 3"),
        (
            'meal = { main = "burger", slots = ["drink"] }',
            '[item.meal]\nmain = "fish"\nslots = ["drink"]',
            'main = "fish"',
        ),
    ],
)
def test_a_mistake_is_found_on_its_line(old: str, new: str, on_line: str) -> None:
    text = broken(old, new)
    [problem] = problems(text)
    assert problem.line == text[: text.index(on_line)].count("\n") + 1


def test_a_text_that_looks_like_a_header_leads_to_no_wrong_line() -> None:
    text = broken('name = "Bølgen Burger"', 'name = """\\\n[[item]]\n"""').replace("price = 99.00", "price = -1")
    found = {problem.place: problem.line for problem in problems(text)}
    assert found["item beer: price"] is None


def test_a_windows_file_with_a_byte_order_mark_is_read() -> None:
    assert problems(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()) == []


def test_a_file_that_is_not_utf8_says_where() -> None:
    [problem] = problems(SMALL.encode("latin-1"))
    assert (problem.message_id, problem.line) == ("menu-not-utf8", 4)


@pytest.mark.parametrize(
    ("text", "line"), [("format = 1\nprice = \n", 2), ("a = 1\na = 2\nb = 3", 2), ("x = [1,\n", 2)]
)
def test_what_is_not_toml_says_on_which_line(text: str, line: int) -> None:
    [problem] = problems(text)
    assert (problem.message_id, problem.line) == ("menu-syntax", line)


@pytest.mark.parametrize(
    ("text", "message_id"),
    [
        (b"#" * (8 * 1024 * 1024 + 1), "menu-file-too-large"),
        ("[[item]]\n" * 900_000, "menu-too-many-items"),
        ("[[item]]\n" * 10_001, "menu-too-many-items"),
        ("item = [" + "{}," * 10_001 + "]", "menu-too-many-items"),
        ("[[slot]]\n" * 300_001, "menu-too-many-lines"),
        ("a = " + "[" * 100_000, "menu-too-deep"),
        ("a" + ".a" * 4_000_000 + " = 1", "menu-too-deep"),
        ("a = " + "9" * 5_000, "menu-number-too-long"),
    ],
    ids=["bytes", "a million items", "items", "inline items", "lines", "lists", "keys", "digits"],
)
def test_a_file_beyond_reason_is_refused_with_one_problem(text: str | bytes, message_id: str) -> None:
    assert ids(problems(text)) == [message_id]


@pytest.mark.parametrize("text", ["", "format = 1", "[[item]]", "item = 3", "item = [1, [2], {}]", "shop = []"])
def test_a_file_with_next_to_nothing_is_told_what_is_missing(text: str) -> None:
    assert "menu-missing" in ids(problems(text))


def test_two_paths_that_lead_to_each_other_are_both_reported() -> None:
    steps = '[[upgrade_path.steps]]\nsku = "cola-l"\n[[upgrade_path.steps]]\nsku = "cola-m"\n'
    back = f'\n[[upgrade_path]]\nid = "back"\n{steps}say = {{ nb = "{{more}}", en = "{{more}}" }}\n'
    same_price = broken("price = 42.00", "price = 35.00")
    found = [(problem.place, problem.message_id) for problem in problems(same_price + back)]
    assert found == [
        ("upgrade_path cola: steps 2, sku", "menu-path-circles"),
        ("upgrade_path back: steps 2, sku", "menu-path-circles"),
    ]


def test_a_category_that_leads_into_itself_is_a_circle() -> None:
    text = broken('steps]]\nsku = "cola-m"', 'steps]]\ncategory = "drinks"')
    assert "menu-path-circles" in ids(problems(text))


def test_a_path_of_one_step_leads_nowhere() -> None:
    start = SMALL.index('[[upgrade_path.steps]]\nsku = "cola-l"')
    found = problems(SMALL[:start] + SMALL[SMALL.index('[[upgrade_path]]\nid = "bacon"') :])
    assert [(problem.place, problem.message_id) for problem in found] == [
        ("upgrade_path cola: steps", "menu-path-too-short")
    ]


def test_a_path_may_not_go_down_for_those_who_take_away() -> None:
    text = broken("price = 119.00", "price = 119.00\nprice_take_away = 80.00")
    assert ids(problems(text)) == ["menu-path-goes-down"]


def test_a_lower_price_on_a_step_is_taken_where_the_file_says_that_it_may_fall() -> None:
    dear = SMALL.replace('steps]]\nsku = "cola-m"', 'steps]]\nsku = "burger"')
    assert ids(problems(dear)) == ["menu-path-goes-down"]
    assert problems(dear.replace('steps]]\nsku = "cola-l"', 'steps]]\nsku = "cola-l"\nmay_fall = true')) == []
    not_meant = dear.replace('steps]]\nsku = "cola-l"', 'steps]]\nsku = "cola-l"\nmay_fall = false')
    assert ids(problems(not_meant)) == ["menu-path-goes-down"]


@pytest.mark.parametrize("step", ['sku = "cola-m"', 'modifier = "bacon"'])
def test_only_a_step_up_to_an_item_may_fall(step: str) -> None:
    found = problems(broken(f"steps]]\n{step}", f"steps]]\n{step}\nmay_fall = true"))
    assert ids(found) == ["menu-unknown-key"]


def test_a_bundle_may_cost_more_than_its_parts_where_the_file_says_so() -> None:
    assert problems(broken("price = 159.00", "price = 178.01\nmay_save_nothing = true")) == []
    found = problems(broken("price = 159.00", "price = 178.01\nmay_save_nothing = false"))
    assert ids(found) == ["menu-bundle-dearer"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('steps]]\nsku = "cola-l"', 'steps]]\nsku = "cola-l"\nmay_fall = true'),
        ("price = 159.00", "price = 159.00\nmay_save_nothing = true"),
    ],
)
def test_what_may_fall_may_rise_too(old: str, new: str) -> None:
    assert problems(broken(old, new)) == []


def test_what_stands_above_a_modifier_takes_it_too() -> None:
    top = '[[upgrade_path.steps]]\nsku = "burger-meal"\nsay = { nb = "{more}", en = "{more}" }\n'
    assert problems(broken('en = "Add bacon? {more}." }\n', 'en = "Add bacon? {more}." }\n' + top)) == []
    text = broken('modifiers = ["changes"]\nmeal', "meal").replace(
        'en = "Add bacon? {more}." }\n', 'en = "Add bacon? {more}." }\n' + top
    )
    assert ids(problems(text)) == ["menu-modifier-not-taken"]


def test_a_price_that_could_not_be_read_starts_no_second_complaint() -> None:
    assert ids(problems(broken("price = 119.00", "price = 119.005"))) == ["menu-amount-decimals"]


def test_ten_modifiers_are_one_too_many_for_the_digits() -> None:
    more = "".join(f'{{ id = "m{n}", name = {{ nb = "M", en = "M" }} }},\n' for n in range(8))
    assert ids(problems(broken('  { id = "no-onion"', more + '  { id = "no-onion"'))) == ["menu-too-many-modifiers"]


def test_a_family_may_not_have_the_name_of_another_item() -> None:
    text = broken('sku = "shake"\nname', 'sku = "cola"\nname').replace('"shake"', '"cola"')
    assert set(ids(problems(text))) == {"menu-family-is-an-item"}


def test_markup_in_a_name_is_a_name() -> None:
    assert problems(broken('"Burgere"', '"Cheese [/] x"')) == []


def test_the_place_of_a_mistake_shows_nothing_that_upsets_a_screen() -> None:
    [problem] = problems(broken("format = 1", 'format = 1\n"\\u001b[2J\\u202e" = 1'))
    assert problem.place == "�[2J�"
    assert problem.values["key"] == "�[2J�"


def test_a_file_that_is_not_there_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, message_id in (
        (tmp_path / "none.toml", "menu-file-missing"),
        (tmp_path, "menu-file-folder"),
        (tmp_path / "file" / "menu.toml", "menu-file-unreadable"),
    ):
        book, [problem] = read_menu(path, norway())
        assert book is None
        assert problem.message_id == message_id
    assert problem.values["reason"] == REASONS[errno.ENOTDIR]


def test_a_file_that_may_not_be_read_says_so() -> None:
    assert unreadable(PermissionError(13, "Permission denied")).message_id == "menu-file-forbidden"


def test_a_path_from_a_category_without_items_leads_nowhere() -> None:
    text = broken(
        "[[modifier_group]]", '[[category]]\nid = "fish"\nname = { nb = "Fisk", en = "Fish" }\n\n[[modifier_group]]'
    )
    found = problems(text.replace('steps]]\ncategory = "burgers"', 'steps]]\ncategory = "fish"'))
    assert [(problem.place, problem.message_id) for problem in found] == [
        ("upgrade_path bacon: steps 1, category", "menu-empty-category")
    ]
