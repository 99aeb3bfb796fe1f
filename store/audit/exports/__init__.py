"""引渡し: The record in the forms that other people's tools read, as far as a viewer may see it.

rows.py     the acts one after another, in the order of the log, in constant memory
kinds.py    what the domain says of each kind of event: its title and its fields
tables.py   CSV for Excel, JSON Lines for programs
ocel.py     OCEL 2.0 JSON for process mining
objects.py  what the acts are about, as OCEL names it
sqlite.py   a SQLite file that Datasette serves, with search in full text
columns.py  what its tables and columns are called in Japanese

No personal text is in any of them: a body holds only whose text it is and its digest.
"""
