"""公文: papers drafted from the ledger, edited beside their numbers, signed, numbered, issued and frozen."""
