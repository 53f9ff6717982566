"""How much of a medicine there should be, reckoned from the entries of its book."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from casebound.record.medicines.amounts import Amount, amount_in
from casebound.record.medicines.form_names import GIVEN, STOCK
from casebound.record.medicines.values import USED_UP, Said

OUT: Final = frozenset({"went_with_child", "returned", "disposed", "spoilt"})
ORDER: Final = {STOCK: 0, GIVEN: 1}  # of what happened in the same minute


@dataclass(frozen=True, slots=True, kw_only=True)
class StockMove:
    """One entry that changes how much there is, or counts it.

    Attributes:
        balance: how much there should be after it, by the entries; None: nobody has counted yet.
        difference: counted and should-be apart, if they differ.
        unread: its amount cannot be read, or is of another unit, so it is left out.
    """

    said: Said
    kind: str
    balance: Amount | None
    difference: Amount | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """What is kept of one medicine."""

    moves: tuple[StockMove, ...] = ()

    @property
    def balance(self) -> Amount | None:
        """How much there should be now."""
        return self.moves[-1].balance if self.moves else None

    @property
    def differences(self) -> list[StockMove]:
        """The counts that did not come out."""
        return [move for move in self.moves if move.difference is not None]


def stock_of(entries: Iterable[Said]) -> Stock:
    """Reckon what is kept of one medicine, from everything that was written of it.

    A count is believed from then on: what is missing is looked into, and not carried along.
    """
    about = [said for said in entries if said.form in {STOCK, GIVEN}]
    about.sort(key=lambda said: (said.at, ORDER[said.form], said.leaf))
    moves: list[StockMove] = []
    balance: Amount | None = None
    for said in about:
        move = _dose(said, balance) if said.form == GIVEN else _stock(said, balance)
        moves.append(move)
        balance = move.balance
    return Stock(tuple(moves))


def _dose(said: Said, balance: Amount | None) -> StockMove:
    if said.text("taken") in USED_UP:
        move = _out(said, "given", said.text("dose"), balance)
    else:
        move = StockMove(said=said, kind="not_given", balance=balance)
    return _counted(move, said.text("left"))


def _stock(said: Said, balance: Amount | None) -> StockMove:
    kind, written = said.text("kind"), said.text("quantity")
    if kind == "counted":
        move = StockMove(said=said, kind=kind, balance=balance)
        return _counted(move, said.text("left") or written)
    if kind in OUT:
        return _counted(_out(said, kind, written, balance), said.text("left"))
    amount = amount_in(written)
    if amount is None or (balance is not None and not amount.goes_with(balance)):
        return StockMove(said=said, kind=kind, balance=balance, unread=True)
    left = said.text("left")
    if balance is None:
        # What was there before nobody counted, so the first delivery can be counted to any amount.
        return StockMove(said=said, kind=kind, balance=amount_in(left) or amount)
    return _counted(StockMove(said=said, kind=kind, balance=_plus(balance, amount, 1)), left)


def _out(said: Said, kind: str, written: str, balance: Amount | None) -> StockMove:
    if balance is None:
        return StockMove(said=said, kind=kind, balance=None)
    amount = amount_in(written)
    if amount is None or not amount.goes_with(balance):
        return StockMove(said=said, kind=kind, balance=balance, unread=True)
    return StockMove(said=said, kind=kind, balance=_plus(balance, amount, -1))


def _counted(move: StockMove, written: str) -> StockMove:
    counted, should = amount_in(written), move.balance
    if counted is None:
        return move
    if should is None:
        return replace(move, balance=counted)
    if not counted.goes_with(should):
        return replace(move, unread=True)
    apart = _plus(counted, should, -1)
    return replace(
        move,
        balance=Amount(counted.number, counted.unit or should.unit),
        difference=apart if apart.number else None,
    )


def _plus(one: Amount, other: Amount, sign: int) -> Amount:
    return Amount(one.number + sign * other.number, one.unit or other.unit)
