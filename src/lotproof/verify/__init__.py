"""What a contract or checklist that comes back still says: its text, its data, its fields."""
