"""The workspace's results as answers for the terminal: what is shown, in which order."""
