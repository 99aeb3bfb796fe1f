"""監査の速さ: What an auditor waits for, on a nation of a million events or of five.

Everything is asked for as an auditor asks for it: through the desk, under row-level security, with
each look noted. What is asked differs from one time to the next, drawn by a seed, and the answers
are checked: a quick wrong answer ends the run.

    figures.py    figures, their bars, and how they are shown
    ground.py     the nation: made, put into the global order, signed, projected
    town.py       what there is to ask for, counted apart from what is measured
    asking.py     a case, the orders of a year, all cases of a municipality on a day
    phrases.py    words in the acts, and that their index is used
    rates.py      verification, export, packs, projection: events a second
    keeping.py    what the keeper costs who appends, and how soon a head covers an act
    proving.py    proofs of inclusion, and what an event takes up on disk
"""
