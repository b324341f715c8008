"""What is done to orders, in three files by who does it: the government side opens, the unit does, others judge."""
