"""契約と貸付け（法第260条の49第6項–第9項）: What a municipality does with a designated body as a party.

    gates.py         要件の表: gates.toml, as a legal officer reads and extends it
    terms.py         双方に共通の約定: signatures, clauses, yen
    contract.py      随意契約の段階・事実・命令書（⑥）     contracting.py   予定から締結までの決定
    performance.py   変更・監督・検査・支払・解除（法234条の2）
    lease.py         貸付けの段階・事実・命令書（⑦⑧）     leasing.py       予定から契約までの決定
    tenancy.py       用途・期間の満了・返還（⑨）           cancellation.py  解除と補償（⑨）
    review.py        指定の効力を失った後の見直し
    standing.py      現況: days that matter, duties, what may come next; the three parts

None of these acts is a disposition: they are acts of private law, with no 教示. A designation that
ends does not end them; each is looked at by a person.
"""
