"""Which roles may do what. A table, so that it can be read at a glance."""

from casebound.people.homes.entries import Role

READERS = frozenset(
    {
        Role.RESIDENTIAL_WORKER,
        Role.KEY_WORKER,
        Role.SENIOR,
        Role.DEPUTY_MANAGER,
        Role.REGISTERED_MANAGER,
        Role.RESPONSIBLE_INDIVIDUAL,
    }
)
WRITERS = READERS - {Role.RESPONSIBLE_INDIVIDUAL}
MANAGERS = frozenset(
    {
        Role.DEPUTY_MANAGER,
        Role.REGISTERED_MANAGER,
        Role.RESPONSIBLE_INDIVIDUAL,
    }
)
# Who admits children and names their key workers: those who manage the home from day to day. They
# also finish what is still to be written when a child has moved on (decision 0057).
HOME_MANAGERS = frozenset({Role.DEPUTY_MANAGER, Role.REGISTERED_MANAGER})
# Managers answer for a book after the child has moved on (reg 36); other workers' need ends.
AFTER_LEAVING = MANAGERS
# Records officers and system administrators see no content of any book (architecture, section 5).
PROVERS = MANAGERS | {Role.SYSTEM_ADMINISTRATOR}
