"""会议: meetings with a pack frozen on a day, an agenda by exception, decisions tracked until they are done."""
