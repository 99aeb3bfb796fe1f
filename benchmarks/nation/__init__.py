"""全国: A believable nation for benchmarks and for tests of size; everything in it is made up.

All 1,741 municipalities with an ordinance each, some thousands of bodies, and what became of their
designation from 令和6年9月 to 令和11年3月, as the real deciders let it be.

    places.py      which municipality has how many bodies        profiles.py   its ordinance
    people.py      officers, mayors, bodies                      words.py      what they write
    case.py        a case as a life sees it
    applying.py    申請から決定まで        overseeing.py   報告
    improving.py   改善命令                revoking.py     聴聞・取消し
    town.py        all cases of a municipality, day by day       office.py     days and moments
    ledger.py      events as rows of the record                  figures.py    what there is of what
    making.py      all of it, in several processes               loading.py    into a database

`python -m benchmarks.nation` makes and loads one. Salts and keys come from the seed, so that the
same seed gives the same record: never use it for anything but benchmarks and tests.
"""

from benchmarks.nation.loading import NotEmpty, load
from benchmarks.nation.making import Nation, make

__all__ = ["Nation", "NotEmpty", "load", "make"]
