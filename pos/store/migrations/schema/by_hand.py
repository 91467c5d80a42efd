"""Orders served by hand, past the questions, are allowed in practice files only."""

BY_HAND = """
    CREATE TRIGGER by_hand_is_practice BEFORE INSERT ON order_body
    WHEN instr(NEW.body, '"exempt":"by_hand"') AND NOT EXISTS (SELECT 1 FROM practice_file)
    BEGIN
        SELECT RAISE(ABORT, 'an order by hand is for practice');
    END
"""
