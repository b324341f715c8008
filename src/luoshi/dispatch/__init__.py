"""日程: rhythms confirmed, the occasions of a year, rounds opened on their day, duties kept or missed."""
