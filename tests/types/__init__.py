"""The tests of hyperhttp; a package so that its parts import each other by their full names."""
