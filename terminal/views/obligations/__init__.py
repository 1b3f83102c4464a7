"""The obligation dashboard (义务看板) and the summary of it in the top bar."""
