"""Panels of the dashboards: rows into tables, charts and the sentence that says what they say."""
