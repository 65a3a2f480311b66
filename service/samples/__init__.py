"""Inspectors' samples: what their pages show, worked out before any template."""
