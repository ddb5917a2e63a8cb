"""What reads: queries that span relations, answered as columns or frozen rows."""
