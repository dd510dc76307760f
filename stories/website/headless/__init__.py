"""The website without its looks: what is at each of its addresses, for other front ends.

`addresses` finds what is there, `documents` tells it (the same shape for a public page and for the
preview of a draft), `bodies` turns blocks into HTML, Markdown and text, `api` answers.
"""
