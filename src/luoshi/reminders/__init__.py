"""提醒: what waits for a person, and how the person is told of it."""
