"""契約と貸付け（法第260条の49第6項–第9項）: What a municipality does with a designated body as a party.

    gates.py        要件の表: gates.toml, as a legal officer reads and extends it
    terms.py        双方に共通の約定: signatures, clauses, yen
    contract.py     随意契約: 予定から締結まで（⑥）      performance.py  履行・支払・解除
    lease.py        行政財産の貸付け: 予定から契約まで（⑦⑧）
    tenancy.py      貸付けの期間: 用途・満了・返還        cancellation.py  解除と補償（⑨）
    review.py       指定の効力を失った後の見直し
    standing.py     現況: days that matter, duties and what may come next; the parts as they are put together

None of these acts is a disposition: they are acts of private law, with no 教示. A designation that
ends does not end them; each is looked at by a person.
"""
