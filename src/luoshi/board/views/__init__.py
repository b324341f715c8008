"""Pages of the wall chart and the dashboards; all of them read only."""
