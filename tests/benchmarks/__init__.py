"""What requests cost, side by side with other clients: `make bench`. A report, and no test.

The budget of the straight path, which is a test, stands in `test_budget.py`.
"""
