"""The registers of a home: what each numbers, as a page (reg 35, reg 37, Schedule 4)."""
