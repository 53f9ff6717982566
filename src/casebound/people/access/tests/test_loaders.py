"""Nothing reaches a view except through a loader, and it answers 404 alike."""

from typing import cast

import pytest
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from casebound.people.access.http import load_book, load_books
from casebound.people.access.reads import SeenBook
from casebound.people.accounts.models import Account
from casebound.people.accounts.signed_in import WorkerRequest
from tests.made_up import MadeUp, Worker

pytestmark = [pytest.mark.django_db, pytest.mark.policy("P63")]


def request_of(worker: Worker) -> WorkerRequest:
    request = RequestFactory().get("/")
    request.user = Account.objects.get(pk=worker.id)
    return cast("WorkerRequest", request)


@load_book
def one(request: WorkerRequest, book: SeenBook) -> HttpResponse:
    return HttpResponse(f"{request.worker} {book.title}")


@load_books
def all_of_them(request: WorkerRequest, books: list[SeenBook]) -> HttpResponse:  # noqa: ARG001
    return HttpResponse(", ".join(book.title for book in books))


def test_a_book_one_may_read_is_given_to_the_view(made_up: MadeUp) -> None:
    answer = one(request_of(made_up.sam), book=made_up.jay.book)

    assert isinstance(answer, HttpResponse)
    assert answer.text == f"{made_up.sam.id} Jay"


@pytest.mark.parametrize("book", ["0" * 32, "jay", "", "..", "\x00"])
def test_no_book_is_404(made_up: MadeUp, book: str) -> None:
    with pytest.raises(Http404):
        one(request_of(made_up.sam), book=book)


def test_a_book_of_the_other_home_is_404_and_so_is_one_who_left(made_up: MadeUp) -> None:
    for book in (made_up.noor.book, made_up.mika.book):
        with pytest.raises(Http404):
            one(request_of(made_up.sam), book=book)


def test_the_books_one_reads_are_given_together(made_up: MadeUp) -> None:
    answer = all_of_them(request_of(made_up.sam))

    assert isinstance(answer, HttpResponse)
    assert answer.text == "Jay, Oak House"


def test_who_reads_no_book_gets_404(made_up: MadeUp) -> None:
    with pytest.raises(Http404):
        all_of_them(request_of(made_up.alex))
