"""Faces of a release: each module is a pure function of the stored payload and the site's address.

| for | modules |
| --- | --- |
| programs | `native` (the stored text itself), `ninjs` (1.6), `ninjs3` (3.1), `superdesk` |
| newsrooms | `nitf`, `newsml` (NewsML-G2 with NITF inside), `ap` (the AP Media API's shape) |
| feed readers | `atom`, `rss`, `jsonfeed`; what they share is in `column` |
| people | `text` (to paste), `radio` (to read aloud, with `spoken`), `docx` |

No face reads the database, a setting or the clock, so a golden file can hold each of them; `docx`
is given its pictures as bytes. A new one is a line in `stories.press.api.formats`. What all have to
promise: the words that arrive are those that were approved; a correction replaces them; what was
withdrawn is the notice alone, in every field that held old text.
"""
