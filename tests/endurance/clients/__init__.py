"""The clients that a run can be made with, behind one interface each for both kinds of load."""
