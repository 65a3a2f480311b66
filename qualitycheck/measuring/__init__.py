"""How often the checker is right: its answers set beside a reader's labels, and counted.

`labels` are what a reader said of a report; `places` judges whether a flag finds a fault; `outcome` is what came of one
report; `figures` counts over many, each figure with an interval that `bootstrap` draws over reports; `summary` is
what people read of it.
"""
