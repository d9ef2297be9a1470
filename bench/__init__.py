"""Benchmarks of the product on data sets that lie outside of the project."""
