"""What stays of the record and what goes: back-ups, a look at its health, retention, erasing."""
