"""Mutation testing: how many seeded corruptions the rules catch, and where they say they are.

`kinds/` corrupts one file of the package, `plan.py` draws what a seed corrupts, `judge.py` asks
the rules, `peers.py` asks others, `run.py` does that in processes, `report.py` counts. `code/`
changes rules and SQL instead, and asks the suite.
"""
