"""What is written: rhythms confirmed and changed, duties kept, days of the county, feeds."""
