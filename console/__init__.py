"""窓口: The `kyodo` command line, for automation and people alike."""
