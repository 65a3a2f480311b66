"""What users choose to keep, encrypted, and who did what to it."""
