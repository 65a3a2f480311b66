"""Learn from an office's own decisions: how far to move the shipped weights, and whether that is any better.

`hearing` is what rules and models say of each labelled report; `fitting` moves the weights towards the labels and
`thresholds` what is shown; `trial` does both again and again without some of the reports and judges by those;
`keeping` writes what was learnt, and what may be said of it.
"""
