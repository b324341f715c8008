"""What pages and upper rooms read of the calendar."""
