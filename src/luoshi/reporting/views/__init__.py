"""Pages of rounds, sheets, collation and review."""
