"""Judging as a careful reader does: a small trained reader, weighed against the rules.

`reader` makes something of every sentence and of the whole report; `weighing` sets that against what the rules say, by
weights that were learnt; `verdict` and `claims` say what follows for elements and for sentences. Everything is trained
and measured on fictional reports: see `models/cards/`.
"""
