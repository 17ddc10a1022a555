"""Subjects of `./hindcast evaluate`, one a module: `add_arguments`, and `run`, which raises Refused.

A new subject is a module here and a line in the command.
"""
