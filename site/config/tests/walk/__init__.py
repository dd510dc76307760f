"""Walking every screen of the admin: which there are, what they say, what of it is English."""
