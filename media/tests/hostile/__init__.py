"""Files that nobody should send, made here, and the answer that each gets."""
