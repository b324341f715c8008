"""Pages of the ledger, one module a matter."""
