"""団体コード."""

def check_code(code: str) -> str | None:
    """What is wrong with a six-digit 団体コード, in Japanese, or None if it is a known municipality."""
    raise NotImplementedError
