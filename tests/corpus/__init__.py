"""Mutated files against an oracle: what communes really send, drawn by seed."""
