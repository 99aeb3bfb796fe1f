"""外界の層: What is done outside the workflows and can fail."""
