"""Every line of SQL: the tables of a workspace, their writers and the archive."""
