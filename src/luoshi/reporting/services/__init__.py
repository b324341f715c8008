"""Writing: opening and keeping rounds, filling and sending reports, collating and accepting them."""
