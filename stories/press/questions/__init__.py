"""What press people ask the Union about an item or in general, and the board's answers."""
