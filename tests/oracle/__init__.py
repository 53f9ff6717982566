"""The oracle: what each person may see, worked out from the written rules alone.

`world` says what there is, as plain values. `sight` says who sees what of it; it reads the table of
rights and calls nothing of the product. `drawing` draws worlds, `living` lets a world happen in the
stores through the product's actions, and `showing` asks the product who sees what. `comparing` puts
both next to each other, as sets. `faults` changes a line of the product, which must then be told.
"""
