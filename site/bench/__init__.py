"""`make bench`: the project measured against its peers, side by side, in one run.

Each part (`bench.parts`) measures ours and a peer in turn, A B A B, and says in its docstring what
the peer is. What needs Django runs in a process of its own (`bench.steps`), with the README's
production settings, in a scratch folder that is removed at the end. Machines differ and are noisy:
read the ratios.
"""
