"""Vietnamese for reading aloud: `numbers` says a number, `sentences` a text."""
