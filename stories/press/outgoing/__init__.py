"""Requests to addresses that others gave us: `sender.send` and `fetcher.fetch` are the ways out.

Whoever may name an address could otherwise have us knock at doors inside our own network. So the
host is looked up once, every address found is checked, and the connection goes to just that
address; nothing of the environment (proxies) is followed, no cookie is kept. A redirect is followed
by the fetcher alone, and is an address like the first.
"""
