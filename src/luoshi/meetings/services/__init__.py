"""What is done with meetings, in three files by when: before (preparing), during (recording), after (following)."""
