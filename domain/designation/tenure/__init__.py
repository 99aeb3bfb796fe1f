"""指定の存続: Term, renewal, changes, relinquishment, dissolution and 告示, as the ordinance has them.

    conditions.py  指定の条件        what the ordinance lays down on the day of a designation
    standing.py    存続の状態        what stands, and what is still to be done
    renewal.py     有効期間・更新・満了
    refused.py     更新の拒否が争われるとき
    leaving.py     辞退・解散        the ends that come from the body
    changes.py     変更の届出
    notices.py     告示
    part.py        the whole of it, as a part beside the status

第260条の49 knows none of these but what follows from 第2項 when a body is dissolved; where the
ordinance is silent, the act is refused under 法第14条第1項.
"""
