"""Writing without loss: autosave that respects reviews, lost connections, two at one draft."""
