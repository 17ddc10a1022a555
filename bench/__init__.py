"""The figures we defend, one file each, measured beside a peer or a physical bound in the same run.

A file's `measure()` gives its figures by name, ratios of ours to theirs among them; `peer` says in words beside what.
"""
