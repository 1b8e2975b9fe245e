"""Copies of a home: written as one stream sealed for two people, verified, kept as long as the rules say, put back."""
