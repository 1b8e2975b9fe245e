"""Random case files through gate, projection and page: what the page says is derived again from the cited facts."""
