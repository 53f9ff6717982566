"""A million power cuts: the product's own seal path on a disk that can lose what was not synced."""
