"""What reminders read: the rules of a county, what was told before, a leader's page."""
