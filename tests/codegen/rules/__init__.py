"""What must hold between the tables of a spec."""
