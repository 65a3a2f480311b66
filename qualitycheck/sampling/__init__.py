"""Samples of reports for inspection: a frame, a draw that anybody can repeat, how large it must be, and who reads what.

`frame` is what can be drawn from: a list (`listed`), files (`files`) or both. `drawing` draws, with `sizes` for each
stratum; `changing` records what happens afterwards; `allotting` says who reads what, as evenly as `balancing` can;
`verifying` does all of it again. `manifest` is what is kept of it. `planning` says how large a sample must be.
`telling` and `plans` are what people read.
"""
