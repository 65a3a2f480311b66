"""Words and kinds that several routes share."""

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
