"""The menu file: reading it with every mistake reported, and writing it so that it reads back the same."""

from pos.office.menu_file.book import MenuBook
from pos.office.menu_file.problems import Problem
from pos.office.menu_file.reading import read_content, read_menu, read_menu_text
from pos.office.menu_file.writing import write_menu

__all__ = ["MenuBook", "Problem", "read_content", "read_menu", "read_menu_text", "write_menu"]
