"""The O*NET database of occupations: what those in them do, know and can, by other names and near to which others."""
