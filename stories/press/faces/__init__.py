"""Faces of a release: each module is a pure function of the stored payload and the site's address.

`native` (our JSON, the stored text itself), `ninjs` (IPTC ninjs 1.6, strict), `atom` (RFC 4287).
No face reads the database, a setting or the clock, so a golden file can hold each of them.
"""
