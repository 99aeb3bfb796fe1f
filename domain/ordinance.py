"""条例: What is in force in a municipality on a day, as dated data with its provision."""

from domain.periods import Calendar
