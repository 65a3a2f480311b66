"""Samples of reports for inspection: a frame, a draw that anybody can repeat, how large it must be, and who reads what.

frame (list.py, folder.py) -> drawing -> manifest <- changing, allotting, verifying
planning stands alone
"""
