"""Tests of the test kit, `hyperhttp.testing`."""
