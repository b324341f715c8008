"""A unit's sheet as a workbook: taken away, filled in offline, brought back under the same checks as on the page."""
