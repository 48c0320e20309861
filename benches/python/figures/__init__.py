"""The parts of `python benches/python`."""
