"""Readings before court, as the service keeps and shows them."""
