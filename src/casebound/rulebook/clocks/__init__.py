"""Every clock the rules set going: what starts it, by when, on whom it waits, what ends it."""
