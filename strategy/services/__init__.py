"""What changes the strategy: one function per verb, in a transaction, on the record."""
