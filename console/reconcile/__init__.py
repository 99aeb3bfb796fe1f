"""照合: Every case compared three ways: its record, what Temporal carries, what the projections show.

record.py     a case as its record and the rules in force make it
findings.py   what does not agree, in words
comparing.py  all cases, one after another, and what operators did past the record
mending.py    records what they did, and puts right what can be put right
"""
