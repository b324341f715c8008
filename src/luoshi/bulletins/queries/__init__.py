"""What the pages of papers read."""
