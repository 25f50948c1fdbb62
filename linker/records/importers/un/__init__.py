"""UN documents themselves (DOCX, PDF with a text layer, plain text, Markdown) as records."""
