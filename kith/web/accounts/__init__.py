"""Accounts on the web: allauth's machinery under our adapters, forms, budgets and words."""
