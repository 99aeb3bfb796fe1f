"""監査: What auditors ask of the record, each for a viewer and each look noted.

desk.py        who looks, how far, and the note of it
cases.py       one case: its events, with the texts a viewer may see
projector.py   the index of acts, the standing and the open deadlines of every case, made from the record
deadlines.py   the open deadlines of a case, and the event each goes back to
narrative.py   what of an event is text, and how it is found by two characters
telling.py     how a case stands, in the few words that lists need
search.py      acts across cases
standing.py    every case of a municipality as of a day
shown.py       the end of every case beside what the projections show of it
questions.py   the usual audit questions, ready made; questions/ holds them, each a query to read
sampling.py    samples drawn by the signed root
looks.py       who looked at what
exports/       the record in other tools' forms: OCEL 2.0, SQLite, CSV, JSON Lines
"""
