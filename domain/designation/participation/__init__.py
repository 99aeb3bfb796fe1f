"""手続への参加（行手法第16条–第18条・第21条・第31条）: What those who are heard may do in a procedure.

proceedings.py  聴聞・弁明・審査請求の進行: learned from the acts of the status and the remedies
agents.py       代理人: 選任 → 資格の喪失
interested.py   関係人: 申出 → 許可 / 不許可、主宰者からの求め
inspection.py   文書等の閲覧: 求め → 閲覧させる / 拒む
statements.py   陳述書: in place of appearing on the day of a session
standing.py     the part that holds these together
"""
