"""What may come in: every picture and document is examined here before it is stored.

`examine_picture` and `check_document` raise `Unusable` with a word for the person who uploads.
"""
