"""Controlled words of the field as TOML files, with one typed loader. Imports nothing else of `review`."""
