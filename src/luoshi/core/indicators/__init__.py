"""Names of indicators: what the language calls by several names, and how alike two printed names are."""
