"""The tables of the menu. Amounts are in øre; a name ends in its language; lists are JSON."""

MENU = (
    """
    CREATE TABLE shop (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        name TEXT NOT NULL,
        address TEXT NOT NULL,
        post_code TEXT NOT NULL,
        city TEXT NOT NULL,
        org_no TEXT NOT NULL,
        phone TEXT NOT NULL,
        menu_version INTEGER NOT NULL, -- one more with every menu loaded
        loaded_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE daypart (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL, -- as in the file, like every place
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        start_at TEXT NOT NULL, -- local time of day
        end_at TEXT NOT NULL,
        retired INTEGER NOT NULL DEFAULT 0 -- no longer in the file; kept for what refers to it
    ) STRICT
    """,
    """
    CREATE TABLE category (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        retired INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE item (
        sku TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        category TEXT NOT NULL REFERENCES category(id),
        price_minor INTEGER NOT NULL, -- øre, VAT included
        price_take_away_minor INTEGER, -- empty: the same
        cost_minor INTEGER NOT NULL, -- øre, without VAT
        vat TEXT NOT NULL,
        plu TEXT,
        barcode TEXT,
        made_on TEXT,
        family TEXT,
        size_nb TEXT,
        size_en TEXT,
        tile INTEGER NOT NULL,
        age_limit INTEGER, -- years
        allergens TEXT NOT NULL, -- JSON: contains, may_contain, unknown
        dayparts TEXT NOT NULL, -- JSON: ids; none means all day
        modifier_groups TEXT NOT NULL, -- JSON: ids
        meal TEXT, -- JSON: main (a sku) and slots (ids)
        retired INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX item_made_on ON item(made_on) WHERE made_on IS NOT NULL",
    """
    CREATE TABLE price_change (
        id INTEGER PRIMARY KEY,
        sku TEXT NOT NULL REFERENCES item(sku),
        serving_mode TEXT NOT NULL,
        old_minor INTEGER NOT NULL,
        new_minor INTEGER NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE modifier_group (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        minimum INTEGER NOT NULL,
        maximum INTEGER NOT NULL,
        retired INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE modifier (
        group_id TEXT NOT NULL REFERENCES modifier_group(id),
        id TEXT NOT NULL,
        place INTEGER NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        price_minor INTEGER NOT NULL,
        cost_minor INTEGER NOT NULL,
        adds TEXT NOT NULL, -- JSON: allergens
        removes TEXT NOT NULL,
        PRIMARY KEY (group_id, id)
    ) STRICT
    """,
    """
    CREATE TABLE slot (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        default_sku TEXT REFERENCES item(sku), -- empty: the till asks
        retired INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    """
    CREATE TABLE slot_choice (
        slot_id TEXT NOT NULL REFERENCES slot(id),
        sku TEXT NOT NULL REFERENCES item(sku),
        place INTEGER NOT NULL,
        supplement_minor INTEGER NOT NULL,
        PRIMARY KEY (slot_id, sku)
    ) STRICT
    """,
    """
    CREATE TABLE words (
        id INTEGER PRIMARY KEY,
        say_nb TEXT NOT NULL, -- with {more}; the same words are stored once
        say_en TEXT NOT NULL,
        many_nb TEXT, -- with {count}, too
        many_en TEXT,
        rush_nb TEXT,
        rush_en TEXT,
        after_no_nb TEXT,
        after_no_en TEXT
    ) STRICT
    """,
    """
    CREATE TABLE upgrade_path (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        priority INTEGER NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE upgrade_step (
        path_id TEXT NOT NULL REFERENCES upgrade_path(id),
        place INTEGER NOT NULL,
        sku TEXT REFERENCES item(sku), -- one of these three
        category TEXT REFERENCES category(id),
        modifier TEXT,
        words_id INTEGER REFERENCES words(id), -- empty for a first step
        PRIMARY KEY (path_id, place)
    ) STRICT
    """,
    # The best eight pairings of a trigger are stored side by side: one search of the tree, however many there are.
    """
    CREATE TABLE pairing (
        trigger_kind TEXT NOT NULL CHECK (trigger_kind IN ('sku', 'category', 'anything')),
        trigger_id TEXT NOT NULL, -- the sku or category; nothing for 'anything'
        rank INTEGER NOT NULL, -- 1 is the best of its trigger: what can be sold first, then priority, margin, id
        id TEXT NOT NULL,
        place INTEGER NOT NULL,
        offered TEXT NOT NULL REFERENCES item(sku),
        words_id INTEGER NOT NULL REFERENCES words(id),
        priority INTEGER NOT NULL,
        margin_minor INTEGER NOT NULL, -- price less cost of what is offered, in øre, VAT not taken off
        origin TEXT NOT NULL CHECK (origin IN ('written', 'learned')),
        retired INTEGER NOT NULL, -- what is offered is not sold any more
        PRIMARY KEY (trigger_kind, trigger_id, rank)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE UNIQUE INDEX pairing_id ON pairing(id)",
    """
    CREATE TABLE incentive (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('bundle', 'threshold')),
        name_nb TEXT NOT NULL,
        name_en TEXT NOT NULL,
        code TEXT, -- only with this coupon
        parts TEXT, -- JSON, of a bundle: skus, category, quantity
        price_minor INTEGER, -- of a bundle
        off_minor INTEGER,
        at_least_minor INTEGER, -- of a threshold
        free_sku TEXT REFERENCES item(sku)
    ) STRICT
    """,
)
