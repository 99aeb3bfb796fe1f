"""法令の層: The law as pure code, importing pydantic and the standard library, nothing else."""
