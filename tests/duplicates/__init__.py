"""Tests of who may be the same person."""
