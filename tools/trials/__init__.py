"""Trials: what attackers, crashes and bad luck do to the product, as counted figures."""
