"""Checks that a release keeps the promises of the last one: compares manifests and the version."""
