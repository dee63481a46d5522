"""What members bring from other networks, and what they take home."""
