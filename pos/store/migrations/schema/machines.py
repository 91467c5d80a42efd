"""The table of machines and their names."""

MACHINES = (
    """
    CREATE TABLE machine (
        id TEXT PRIMARY KEY,
        place INTEGER NOT NULL,
        name_nb TEXT NOT NULL, -- definite, as it stands in a sentence
        name_en TEXT NOT NULL
    ) STRICT
    """,
    # A menu from before machines had names gets their ids as names, so that its export can be loaded.
    """
    INSERT INTO machine (id, place, name_nb, name_en)
    SELECT made_on, MIN(place), made_on, made_on FROM item WHERE made_on IS NOT NULL AND NOT retired GROUP BY made_on
    """,
)
