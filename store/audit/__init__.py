"""監査: What auditors ask of the record, each for a viewer and each look noted.

desk.py        who looks, how far, and the note of it
cases.py       one case: its events, with the texts a viewer may see
projector.py   the index of acts and the standing of every case, made from the record
search.py      acts across cases
standing.py    every case of a municipality as of a day
questions.py   the usual audit questions, ready made
"""
