"""支援・公表・調整（法第260条の49第3項から第5項まで）: What runs beside the status of a body.

support.py       支援（③）: 計画 → 実施（giving）→ 終了・精算・返還（settlement）; 段階は measures
publication.py   公表（④）: 年度ごと（years）の活動と支援の状況; 行為は publishing
coordination.py  調整（⑤）: 求め → 要否の認定 → 措置 → 終了; 段階と行為は coordinating
terms.py         用語: what their acts have in common
"""
