"""What reminders write: digests, deliveries, and how a county and a person want them."""
