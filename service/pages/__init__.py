"""Templates, styles and scripts."""
