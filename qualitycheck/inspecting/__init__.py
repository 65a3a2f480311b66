"""Inspections: what a sample of reports, graded by people, says of all the reports it was drawn from.

`grades` reads what people gave, `scales` and `words` say on what scale and in which words; `proportions`, `agreement`
and `assisted` are the statistics; `results` puts them together, `faults` the example passages; `tables` is what people
read of it, `charts`, `exporting` and `word` the forms it goes out in. No grade is ever proposed.
"""
