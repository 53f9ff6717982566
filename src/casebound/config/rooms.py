"""Every room, lowest first. A room is a Django app; its config says which store it keeps."""

ROOMS = [
    "casebound.foundation.web",
    "casebound.ledger.keyring",
    "casebound.ledger.sealing",
    "casebound.ledger.projecting",
    "casebound.people.accounts",
    "casebound.people.homes",
    "casebound.people.access",
    "casebound.people.duties",
    "casebound.rulebook.catalogue",
    "casebound.record.book",
    "casebound.record.notes",
    "casebound.record.drafting",
    "casebound.reading.chronology",
    "casebound.reading.search",
    "casebound.oversight.desk",
    "casebound.oversight.proof",
    "casebound.upkeep.running",
    "casebound.upkeep.demo",
    "casebound.upkeep.bench",
    "casebound.upkeep.policy",
]
