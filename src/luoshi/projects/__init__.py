"""项目: project lists, their rates, accounts set against each other, boards."""
