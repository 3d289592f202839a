"""True if a release keeps what the last one promised: two manifests compared, a version told."""
