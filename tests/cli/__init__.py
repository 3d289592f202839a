"""The parts of the command line, in process; as a whole it is run by tests/client/test_main.py."""
