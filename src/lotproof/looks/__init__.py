"""How a house's documents look: values that are checked, stored with the order, and printed by the writers."""
