"""Where the bodies of orders are stored: in rows of their own, later in packs; and triggers that keep any from being
lost."""

PACKING = (
    # Not in the log, whose rows are small and stay: here, deleted rows free whole pages.
    """
    CREATE TABLE order_body (
        seq INTEGER PRIMARY KEY REFERENCES order_log(seq),
        body TEXT NOT NULL -- JSON: the whole order after the verb
    ) STRICT
    """,
    """
    CREATE TABLE body_pack (
        last_seq INTEGER PRIMARY KEY REFERENCES order_log(seq),
        first_seq INTEGER NOT NULL REFERENCES order_log(seq),
        bodies BLOB NOT NULL -- JSON, deflated (zlib): [[seq, body], …] of every row from the first to the last
    ) STRICT
    """,
    # Older bodies stay in the log until they are packed, except those that queries look for here.
    """
    INSERT INTO order_body (seq, body) SELECT seq, body FROM order_log WHERE seq IN (
        SELECT head_seq FROM orders WHERE state = 'open' UNION ALL SELECT head_seq FROM orders WHERE state = 'held'
    )
    """,
    """
    CREATE TRIGGER order_log_stays BEFORE DELETE ON order_log
    BEGIN
        SELECT RAISE(ABORT, 'a row of the log stays');
    END
    """,
    """
    CREATE TRIGGER order_log_is_so BEFORE UPDATE OF seq, order_id, till_id, verb, at, cashier, parent ON order_log
    BEGIN
        SELECT RAISE(ABORT, 'a row of the log stays as it is');
    END
    """,
    """
    CREATE TRIGGER order_log_body BEFORE UPDATE OF body ON order_log
    WHEN new.body <> '' OR NOT EXISTS (
        SELECT 1 FROM (SELECT first_seq FROM body_pack WHERE last_seq >= old.seq ORDER BY last_seq LIMIT 1)
        WHERE first_seq <= old.seq
    )
    BEGIN
        SELECT RAISE(ABORT, 'a body goes when it is packed');
    END
    """,
    """
    CREATE TRIGGER order_body_stays BEFORE DELETE ON order_body
    WHEN NOT EXISTS (
        SELECT 1 FROM (SELECT first_seq FROM body_pack WHERE last_seq >= old.seq ORDER BY last_seq LIMIT 1)
        WHERE first_seq <= old.seq
    )
    BEGIN
        SELECT RAISE(ABORT, 'a body goes when it is packed');
    END
    """,
    """
    CREATE TRIGGER order_body_is_so BEFORE UPDATE ON order_body
    BEGIN
        SELECT RAISE(ABORT, 'a body stays as it is');
    END
    """,
    """
    CREATE TRIGGER body_pack_stays BEFORE DELETE ON body_pack
    BEGIN
        SELECT RAISE(ABORT, 'a pack stays');
    END
    """,
    """
    CREATE TRIGGER body_pack_is_so BEFORE UPDATE ON body_pack
    BEGIN
        SELECT RAISE(ABORT, 'a pack stays as it is');
    END
    """,
)
