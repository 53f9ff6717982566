"""Help: the guide for staff, read and searched inside the product, for the page one is on."""
