"""Training, from the labelled reports to the files in `models/artefacts`: `make train`. Never needed to run a check."""
