"""Reminders: when a person is told of what is due, of which lines, and to whom silence goes; and how robots want to be told."""
