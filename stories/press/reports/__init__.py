"""Báo cáo: what the press took, and what it published; for the board and for each unit."""
