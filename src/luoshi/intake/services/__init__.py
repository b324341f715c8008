"""What people do to a plan before it is a ledger: receive, correct, name its units, adopt."""
