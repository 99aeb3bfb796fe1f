"""救済（行審法・行訴法・行手法第36条の3）: How the acts of the mayor are notified and contested.

acts.py        争うことのできる処分: every adverse act of the case, numbered in its order
service.py     通知の送達と到達          publication.py 公示の方式
windows.py     審査請求期間・出訴期間
appeal.py      審査請求・補正・取下げ    stay.py        執行停止
review.py      審理員による審理          council.py     諮問と答申
ruling.py      裁決                      inaction.py    不作為についての審査請求
litigation.py  取消訴訟
effects.py     取消しと執行停止が指定の状態に及ぼすもの
remedy.py      the part that holds these together
complaint.py   処分等の求め（行手法第36条の3）: a part of its own
"""
