"""The report on what asking brought in, as text, tables, JSON and a page to print."""

from pos.office.report.account import FEWEST_OF_A_PERSON, LINE, Report, bring_up_to_date, make_report

__all__ = ["FEWEST_OF_A_PERSON", "LINE", "Report", "bring_up_to_date", "make_report"]
