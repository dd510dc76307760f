"""Where files are kept: on the local disk, or in a bucket of an S3-compatible server.

Both behave alike: a file that isn't there is FileNotFoundError, a place that can't be reached or
written to is `StorageDown`, addresses are our own (`MEDIA_URL`), never the server's.
"""
