"""What a country asks of a till: taxes, cash, headings, the clock on the wall, what the tax office wants."""

from pos.country.country import Country, Headings, TaxPeriod
from pos.country.fiscal import NO_FISCAL, Fiscal, KeyFile, Signable, Signer
from pos.country.norway import norway

__all__ = ["NO_FISCAL", "Country", "Fiscal", "Headings", "KeyFile", "Signable", "Signer", "TaxPeriod", "norway"]
