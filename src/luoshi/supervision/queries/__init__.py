"""What pages and upper rooms read about orders."""
