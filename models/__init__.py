"""Labelled reports, and how accuracy is measured on them; trained models will stand here too."""
