"""How the rows of a menu are written: what orders refer to is written over, the rest is new each time."""

from __future__ import annotations

CATEGORY = """
    INSERT INTO category (
        id, place, name, retired, article_group
    ) VALUES (
        :id, :place, :name, :retired, :article_group
    )
    ON CONFLICT (id) DO UPDATE SET
        place = excluded.place, name = excluded.name, retired = excluded.retired,
        article_group = excluded.article_group
"""
ITEM = """
    INSERT INTO item (
        sku, place, name, category, price_minor, price_take_away_minor, cost_minor, vat, plu, barcode,
        made_on, family, size, tile, age_limit, allergens, dayparts, modifier_groups, meal, retired,
        deposit_minor, article_group
    ) VALUES (
        :sku, :place, :name, :category, :price_minor, :price_take_away_minor, :cost_minor, :vat, :plu,
        :barcode, :made_on, :family, :size, :tile, :age_limit, :allergens, :dayparts, :modifier_groups,
        :meal, :retired, :deposit_minor, :article_group
    )
    ON CONFLICT (sku) DO UPDATE SET
        place = excluded.place, name = excluded.name, category = excluded.category,
        price_minor = excluded.price_minor, price_take_away_minor = excluded.price_take_away_minor,
        cost_minor = excluded.cost_minor, vat = excluded.vat, plu = excluded.plu, barcode = excluded.barcode,
        made_on = excluded.made_on, family = excluded.family, size = excluded.size,
        tile = excluded.tile, age_limit = excluded.age_limit, allergens = excluded.allergens,
        dayparts = excluded.dayparts, modifier_groups = excluded.modifier_groups, meal = excluded.meal,
        retired = excluded.retired, deposit_minor = excluded.deposit_minor,
        article_group = excluded.article_group
"""
PRICE_CHANGE = """
    INSERT INTO price_change (
        sku, serving_mode, old_minor, new_minor, at_us, offset_s
    ) VALUES (
        :sku, :serving_mode, :old_minor, :new_minor, :at_us, :offset_s
    )
"""
DAYPART = """
    INSERT INTO daypart (
        id, place, name, start_at, end_at, retired
    ) VALUES (
        :id, :place, :name, :start_at, :end_at, :retired
    )
"""
CHANNEL = """
    INSERT INTO channel (
        id, place, name, paid, markup, prices, serving_mode, deals, retired
    ) VALUES (
        :id, :place, :name, :paid, :markup, :prices, :serving_mode, :deals, :retired
    )
"""
TENDER_KIND = """
    INSERT INTO tender_kind (
        id, name, is_cash
    ) VALUES (
        :id, :name, :is_cash
    )
    ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, is_cash = excluded.is_cash
"""
MACHINE = """
    INSERT INTO machine (
        id, place, name
    ) VALUES (
        :id, :place, :name
    )
"""
MODIFIER_GROUP = """
    INSERT INTO modifier_group (
        id, place, name, minimum, maximum, retired
    ) VALUES (
        :id, :place, :name, :minimum, :maximum, :retired
    )
"""
MODIFIER = """
    INSERT INTO modifier (
        group_id, id, place, name, price_minor, cost_minor, adds, removes, age_limit, maximum, vat,
        leaves_out
    ) VALUES (
        :group_id, :id, :place, :name, :price_minor, :cost_minor, :adds, :removes, :age_limit, :maximum,
        :vat, :leaves_out
    )
"""
SLOT = """
    INSERT INTO slot (
        id, place, name, default_sku, retired, ask
    ) VALUES (
        :id, :place, :name, :default_sku, :retired, :ask
    )
"""
SLOT_CHOICE = """
    INSERT INTO slot_choice (
        slot_id, sku, place, supplement_minor
    ) VALUES (
        :slot_id, :sku, :place, :supplement_minor
    )
"""
INCENTIVE = """
    INSERT INTO incentive (
        id, place, kind, name, code, parts, price_minor, off_minor, at_least_minor, free_sku
    ) VALUES (
        :id, :place, :kind, :name, :code, :parts, :price_minor, :off_minor, :at_least_minor, :free_sku
    )
"""
WORDS = """
    INSERT INTO words (
        id, say, many, rush, after_no, also
    ) VALUES (
        :id, :say, :many, :rush, :after_no, :also
    )
"""
UPGRADE_PATH = """
    INSERT INTO upgrade_path (
        id, place, priority, next_visit
    ) VALUES (
        :id, :place, :priority, :next_visit
    )
"""
UPGRADE_STEP = """
    INSERT INTO upgrade_step (
        path_id, place, sku, category, modifier, words_id
    ) VALUES (
        :path_id, :place, :sku, :category, :modifier, :words_id
    )
"""
