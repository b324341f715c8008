"""What the pages read: a sheet, a round, what waits, what it all costs."""
