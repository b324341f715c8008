"""What the wall chart and the dashboards read. Nothing here writes."""
