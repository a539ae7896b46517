"""How each field is answered: functions from rows to rows, and the comparison arithmetic. Imports db."""
