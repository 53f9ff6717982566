"""Drawings as data: what was drawn, in integers, and the picture and the words made from it.

Plain Python. Nothing here knows Django, a database or the clock. A drawing arrives as JSON that a
page or a form made; it is read leniently, checked with words, and written again in one spelling.
No SVG is ever taken from outside: it is drawn here, from the data.
"""
