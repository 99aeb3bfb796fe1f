"""支援・公表・調整（法第260条の49第3項から第5項まで）: What runs beside the status of a body.

support.py       支援（③）: 計画 → 実施 → 終了、補助金の精算と返還（giving, settlement, measures）
publication.py   公表（④）: 年度ごとの活動と支援の状況、訂正と撤回
coordination.py  調整（⑤）: 求め → 要否の認定 → 措置 → 終了
terms.py         用語: what their acts have in common
"""
