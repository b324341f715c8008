"""The register of units and the list of people as a workbook: written, read back, compared, applied all or nothing."""
