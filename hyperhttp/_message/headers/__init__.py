"""Headers, and the values of single header fields."""
