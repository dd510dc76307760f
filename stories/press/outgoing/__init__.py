"""Requests to addresses that others gave us: `sender.send` is the one way out.

Whoever may name an address could otherwise have us knock at doors inside our own network. So the
host is looked up once, every address found is checked, and the connection goes to just that
address; nothing of the environment (proxies) and of the answer (redirects, cookies) is followed.
"""
