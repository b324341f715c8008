"""Pages of reminders: the inbox, what a person wants, the rules, the channels, a leader's page."""
