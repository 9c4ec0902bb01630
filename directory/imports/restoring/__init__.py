"""An earlier edition, brought back into the rows: what differs as facts, those that are chosen as
objects of fixtures, which go through the door of imports.
"""
