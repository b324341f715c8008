"""Pages of the intake: plans and upload, review, items, units, adoption."""
