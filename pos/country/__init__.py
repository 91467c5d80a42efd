"""What a country asks of a till: tax rates, cash, headings, the clock on the wall."""

from pos.country.country import Country, Headings, VatPeriod
from pos.country.norway import norway

__all__ = ["Country", "Headings", "VatPeriod", "norway"]
