"""The registers of a home: the entries that each numbers, as a page (reg 35, reg 37, Sch 4)."""
