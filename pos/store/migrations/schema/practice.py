"""The tables of practice: its periods in a shop's file; everything practised in a practice file."""

PRACTICE = (
    # One row in a practice file, none in a shop's.
    """
    CREATE TABLE practice_file (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        menu_version INTEGER NOT NULL, -- of the shop's menu that was copied last
        copied_from TEXT NOT NULL, -- the shop's file
        copied_at TEXT NOT NULL
    ) STRICT
    """,
    # In the shop's file: when practice went on and off, and its totals, apart from turnover (FOR-2016-07-06-901).
    """
    CREATE TABLE training_period (
        id INTEGER PRIMARY KEY,
        token TEXT NOT NULL UNIQUE, -- the same period's in the practice file
        till TEXT NOT NULL,
        trainee INTEGER NOT NULL, -- whose name only the practice file knows
        on_at TEXT NOT NULL,
        off_at TEXT, -- empty while it is on, or was never ended
        count INTEGER, -- training receipts; empty where the practice file is gone
        sum_minor INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE practice_period (
        token TEXT PRIMARY KEY,
        till_id INTEGER NOT NULL REFERENCES till(id),
        after_sale INTEGER NOT NULL -- the last sale before it
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE trainee (
        id INTEGER PRIMARY KEY,
        joined_at TEXT NOT NULL
    ) STRICT
    """,
    # In a table of their own, so that a name can be deleted while the figures stay.
    """
    CREATE TABLE trainee_name (
        trainee_id INTEGER PRIMARY KEY REFERENCES trainee(id),
        name TEXT NOT NULL UNIQUE
    ) STRICT
    """,
    """
    CREATE TABLE practice_round (
        id INTEGER PRIMARY KEY,
        trainee_id INTEGER NOT NULL REFERENCES trainee(id),
        till_id INTEGER NOT NULL REFERENCES till(id),
        state TEXT NOT NULL CHECK (state IN ('open', 'finished', 'dropped')),
        way TEXT NOT NULL,
        scenario TEXT NOT NULL,
        level INTEGER NOT NULL,
        began_at TEXT NOT NULL, -- the real time, whatever hour the scenario plays at
        finished_at TEXT,
        score INTEGER, -- 0 to 100, of a finished round
        item_seconds REAL,
        question_seconds REAL,
        why TEXT NOT NULL, -- JSON: why this customer
        body TEXT NOT NULL, -- JSON: the whole round
        lines TEXT NOT NULL DEFAULT '[]' -- JSON: the score, line by line
    ) STRICT
    """,
    "CREATE UNIQUE INDEX practice_round_open ON practice_round(till_id) WHERE state = 'open'",
    "CREATE INDEX practice_round_of ON practice_round(trainee_id, id)",
    """
    CREATE TABLE practice_skill (
        round_id INTEGER NOT NULL REFERENCES practice_round(id),
        skill TEXT NOT NULL,
        grade INTEGER NOT NULL CHECK (grade BETWEEN 1 AND 4), -- again, hard, good, easy
        PRIMARY KEY (round_id, skill)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE skill_card (
        trainee_id INTEGER NOT NULL REFERENCES trainee(id),
        skill TEXT NOT NULL,
        due TEXT NOT NULL,
        body TEXT NOT NULL, -- JSON: the card as the scheduler keeps it
        PRIMARY KEY (trainee_id, skill)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE assignment (
        id INTEGER PRIMARY KEY,
        trainee_id INTEGER NOT NULL REFERENCES trainee(id),
        scenario TEXT NOT NULL,
        set_at TEXT NOT NULL,
        round_id INTEGER REFERENCES practice_round(id) -- the round that did it
    ) STRICT
    """,
    """
    CREATE TABLE listened (
        id INTEGER PRIMARY KEY,
        trainee_id INTEGER NOT NULL REFERENCES trainee(id),
        at TEXT NOT NULL,
        order_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        said INTEGER NOT NULL, -- what the trainer heard, 0 or 1
        guessed INTEGER NOT NULL -- what the till takes it for, 0 or 1
    ) STRICT
    """,
)
