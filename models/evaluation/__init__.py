"""Our own corpus measured, for docs/evaluation.md; what an office needs of it is in `qualitycheck.measuring`."""
