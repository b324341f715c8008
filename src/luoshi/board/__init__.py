"""挂图: the wall chart and the dashboards: reads only, owns no table."""
