"""Official papers: what one consists of, how GB/T 9704-2012 lays it out, and how facts become its paragraphs."""
