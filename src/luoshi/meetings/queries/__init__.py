"""What pages and upper rooms read about meetings and what they decided."""
