"""Every clock the rules start: what starts it, when it runs out, who it waits on, what ends it."""
