"""The tables and views as they are made: SQL that is never changed once a version with it is out."""
