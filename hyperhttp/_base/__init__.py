"""The ground floor: option models, errors, and what every layer above reads. No I/O."""
