"""A draft survives what happens to pages, lines and sessions; the browser itself keeps nothing."""

import random
import re

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from casebound.record.drafting.models import DraftPage
from tests.installation import HISTORIES
from tests.journeys.conftest import Enter, let_in
from tests.journeys.page import fill_in, first_box, kept_in_the_browser, look, saved
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P12")]
WRITE = "Write daily log for Jay"
TRIES = HISTORIES // 10
DONE = 204  # and the address to go on to
TEN_TIMES_AS_FAST = """(() => {
    const [wait, fetched] = [window.setTimeout.bind(window), window.fetch.bind(window)];
    const line = () => new Promise(done => wait(done, Math.random() * 40));
    window.setTimeout = (then, pause, ...more) => wait(then, pause / 10, ...more);
    window.fetch = async (...asked) => {
        await line();
        const answer = await fetched(...asked);
        await line();
        return answer;
    };
})()"""
TYPE_AND_READ = """([words, pause]) => {
    const box = document.querySelector("[name=statements-1-text]");
    box.value = (box.value + words).trimStart();
    box.dispatchEvent(new Event("input", {bubbles: true}));
    setTimeout(() => document.querySelector("button[name=read]").click(), pause * 10);
}"""


def begin(page: Page) -> None:
    """Begin a daily log, and wait until the page and its scripts are there."""
    page.get_by_role("button", name=WRITE).click()
    page.wait_for_url("**/drafts/**")


def back_on_line(page: Page) -> None:
    """Let saves through again, and say so, as a browser does when its line is back.

    Without it the page waits for its own pause, which doubles with each try that failed: on a slow
    machine that is longer than a test waits.
    """
    page.unroute("**/save/")
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_a_draft_is_where_it_was_after_a_closed_tab_and_signing_out(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    begin(page)
    first_box(page).fill("Jay made toast.")
    saved(page)
    assert kept_in_the_browser(page) == []

    tab = page.context.new_page()
    page.close()
    tab.goto(page.url)
    expect(first_box(tab)).to_have_value("Jay made toast.")
    tab.goto(re.sub(r"/drafts/.*", "/sign-out/", tab.url))
    tab.get_by_role("button", name="Sign out").click()
    tab.get_by_label("User name").wait_for()

    again = enter(made_up.sam, width=360)
    expect(again.get_by_role("heading", name="Waiting for you 1")).to_be_visible()
    again.get_by_role("link", name="Daily log").click()
    expect(first_box(again)).to_have_value("Jay made toast.")


def test_closing_the_tab_at_once_saves_the_last_words(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    begin(page)
    first_box(page).press_sequentially("Jay made toast.")
    page.get_by_role("link", name="Shift").click()  # without waiting until it is saved
    page.get_by_role("link", name="Daily log").click()

    expect(first_box(page)).to_have_value("Jay made toast.")


def test_without_a_connection_the_words_stay_and_are_saved_when_it_is_back(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, width=360)
    begin(page)
    page.context.set_offline(True)
    first_box(page).fill("Jay made toast.")
    expect(page.locator("#save-state")).to_contain_text("No connection")
    look(page)
    assert kept_in_the_browser(page) == []

    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(first_box(page)).to_have_value("Jay made toast.")


def test_a_session_that_ends_while_writing_loses_nothing(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    begin(page)
    first_box(page).fill("Jay made toast.")
    saved(page)
    page.context.clear_cookies()
    first_box(page).fill("Jay made toast and tea.")
    expect(page.locator("#save-state")).to_contain_text("You are signed out")
    look(page)
    expect(first_box(page)).to_have_value("Jay made toast and tea.")

    let_in(page, made_up, made_up.sam, page.url.split("/drafts")[0])
    first_box(page).press_sequentially(" Two slices.")
    saved(page)
    page.reload()
    expect(first_box(page)).to_have_value("Jay made toast and tea. Two slices.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_two_windows_on_one_draft_lose_neither_version(
    made_up: MadeUp,
    enter: Enter,
    scripts: bool,  # noqa: FBT001 (a parameter of the test, not of a function)
) -> None:
    page = enter(made_up.sam, scripts=scripts)
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    first_box(other).fill("Written in the other window.")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("You can continue now")).to_be_visible()

    first_box(page).fill("Written in this window.")
    if scripts:
        expect(page.locator("#save-state")).to_contain_text("changed in another window at")
        look(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("two versions")
    expect(page.get_by_text("changed in another window at")).to_be_visible()
    look(page, scripts=scripts)
    both = page.get_by_role("group", name="Statement 1")
    expect(both).to_contain_text("Written in the other window.")
    expect(both).to_contain_text("Written in this window.")
    expect(both.get_by_label("Keep both")).to_be_checked()

    page.get_by_role("button", name="Save and continue writing").click()
    expect(page.get_by_text("You can continue now")).to_be_visible()
    expect(first_box(page)).to_have_value("Written in the other window.")
    expect(page.get_by_label("Your words").nth(1)).to_have_value("Written in this window.")


def test_without_scripts_a_box_is_added_and_saving_says_so(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam, width=360, scripts=False)
    begin(page)
    expect(page.get_by_label("Whose words are they?").first).to_be_hidden()  # in a closed fold
    page.get_by_text("About these words").first.click()
    expect(page.get_by_label("Whose words are they?").first).to_be_visible()
    fill_in(page)
    page.get_by_role("button", name="Add a statement").click()
    expect(page.get_by_label("Your words")).to_have_count(4)
    page.get_by_label("Your words").nth(3).fill("He slept well.")
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_text(re.compile(r"^Saved at \d\d:\d\d$"))).to_be_visible()
    expect(page.get_by_label("Your words").nth(3)).to_have_value("He slept well.")


def test_a_draft_is_thrown_away_only_after_a_question(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    begin(page)
    first_box(page).fill("Jay made toast.")
    saved(page)
    page.get_by_role("button", name="Delete draft").click()
    look(page)
    page.get_by_role("link", name="Continue writing").click()
    expect(first_box(page)).to_have_value("Jay made toast.")

    page.get_by_role("button", name="Delete draft").click()
    page.get_by_role("button", name="Delete draft").click()
    expect(page.get_by_text("Nothing is waiting")).to_be_visible()


@pytest.mark.parametrize("button", ["Read through", "Save"])
def test_offline_the_form_waits_and_goes_by_itself(
    made_up: MadeUp, enter: Enter, button: str
) -> None:
    page = enter(made_up.sam, width=360)
    begin(page)
    first_box(page).fill("Jay made toast.")
    saved(page)
    first_box(page).fill("Jay made toast and tea.")
    page.context.set_offline(True)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#save-state")).to_contain_text("It goes on by itself")
    look(page)
    expect(first_box(page)).to_have_value("Jay made toast and tea.")

    page.context.set_offline(False)
    page.wait_for_url(re.compile(r"/sign/$|saved"))
    page.goto(re.sub(r"(sign/|\?.*)$", "", page.url))
    expect(first_box(page)).to_have_value("Jay made toast and tea.")


def test_a_server_that_cannot_answer_now_takes_no_words(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    begin(page)
    page.route("**/save/", lambda route: route.fulfill(status=429, body="Too many"))
    first_box(page).fill("Jay made toast.")
    page.get_by_role("button", name="Read through").click()
    expect(page.locator("#save-state")).to_contain_text("The server has trouble")
    expect(first_box(page)).to_have_value("Jay made toast.")

    back_on_line(page)
    page.wait_for_url(re.compile(r"/sign/$"))
    page.goto(page.url.removesuffix("sign/"))
    expect(first_box(page)).to_have_value("Jay made toast.")


def test_an_answer_that_is_lost_on_the_way_is_no_conflict(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    begin(page)

    def lose(route: Route) -> None:
        route.fetch()  # the server has saved it
        route.abort()

    page.route("**/save/", lose)
    first_box(page).fill("Jay made toast.")
    expect(page.locator("#save-state")).to_contain_text("No connection")
    back_on_line(page)
    first_box(page).press_sequentially(" Two slices.")
    saved(page)
    page.reload()
    expect(first_box(page)).to_have_value("Jay made toast. Two slices.")


def test_a_save_changes_nothing_of_the_page_it_saves(made_up: MadeUp, enter: Enter) -> None:
    """Folds, focus, caret and boxes stay, nothing stands twice, and no warning is left (0115)."""
    page = enter(made_up.sam)
    begin(page)
    warnings: list[str] = []

    def warn(dialog: Dialog) -> None:
        warnings.append(dialog.message)
        dialog.accept()

    page.on("dialog", warn)
    page.get_by_text("Language and interpreter").click()
    box = first_box(page)
    boxes = page.get_by_label("Your words").count()
    box.fill("Jay made toast.")
    saved(page)
    box.evaluate("box => box.setSelectionRange(3, 3)")
    page.keyboard.insert_text(" too")
    saved(page)

    expect(box).to_be_focused()
    expect(box).to_have_value("Jay too made toast.")
    assert box.evaluate("box => box.selectionStart") == len("Jay too")
    expect(page.get_by_label("Interpreter")).to_be_visible()
    assert page.get_by_label("Your words").count() == boxes
    assert DraftPage.objects.count() == 1  # it is still the same page
    page.reload()
    assert page.get_by_label("Your words").count() == boxes
    expect(first_box(page)).to_have_value("Jay too made toast.")
    assert warnings == []


def test_words_typed_before_the_script_is_there_are_saved(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)

    def late(route: Route) -> None:
        page.get_by_label("Your words").first.fill("Jay made toast.")
        route.continue_()

    page.route("**/app/app*.js", late)
    page.get_by_role("button", name=WRITE).click()
    saved(page)
    page.unroute("**/app/app*.js")
    page.reload()
    expect(first_box(page)).to_have_value("Jay made toast.")


def test_signing_waits_for_the_line(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam, width=360)
    begin(page)
    fill_in(page)
    page.get_by_role("button", name="Read through").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.context.set_offline(True)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("It is sent by itself")).to_be_visible()
    look(page)
    page.context.set_offline(False)
    expect(page.get_by_text("Sealed as no.")).to_be_visible()


@pytest.mark.policy("P09")
def test_on_a_shared_tablet_words_are_saved_only_for_their_writer(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam)
    begin(page)
    first_box(page).fill("Jay made toast.")
    saved(page)
    server = page.url.split("/drafts")[0]
    let_in(page, made_up, made_up.kit, server)  # in another tab
    first_box(page).press_sequentially(" Two slices.")
    expect(page.locator("#save-state")).to_contain_text(
        f"{made_up.kit.full_name} is signed in here now"
    )
    expect(page.get_by_role("link", name=f"Sign in as {made_up.sam.full_name}")).to_be_visible()
    look(page)
    with page.expect_response(re.compile("/save/$")):  # under the other worker's session
        page.get_by_role("button", name="Read through").click()
    expect(first_box(page)).to_have_value("Jay made toast. Two slices.")

    let_in(page, made_up, made_up.sam, server)
    page.evaluate("window.dispatchEvent(new Event('focus'))")  # the tab is looked at again
    page.wait_for_url(re.compile(r"/sign/$"))
    page.goto(page.url.removesuffix("sign/"))
    expect(first_box(page)).to_have_value("Jay made toast. Two slices.")


@pytest.mark.policy("P09")
def test_without_scripts_a_page_sent_by_another_worker_gives_the_words_back(
    made_up: MadeUp, enter: Enter
) -> None:
    page = enter(made_up.sam, scripts=False)
    begin(page)
    first_box(page).fill("Jay made toast.")
    server = page.url.split("/drafts")[0]
    let_in(page, made_up, made_up.kit, server)
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Send it again").click()  # the page's token was Sam's
    expect(page.get_by_role("heading", level=1)).to_have_text(
        f"{made_up.kit.full_name} is signed in here now"
    )
    expect(page.get_by_text("Jay made toast.").first).to_be_visible()

    let_in(page, made_up, made_up.sam, server)
    for _ in range(2):
        again = page.get_by_role("button", name="Send it again")
        if again.count():
            again.click()
    expect(first_box(page)).to_have_value("Jay made toast.")


def test_a_draft_that_is_open_twice_says_so(made_up: MadeUp, enter: Enter) -> None:
    page = enter(made_up.sam)
    begin(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(page.get_by_text("Also open in another window")).to_be_visible()
    expect(other.get_by_text("Also open in another window")).to_be_visible()
    look(page)
    other.close(run_before_unload=True)
    expect(page.get_by_text("Also open in another window")).to_be_hidden()


def test_one_window_never_conflicts_with_itself(made_up: MadeUp, enter: Enter) -> None:
    """Sixty tries at up to 800 ms of latency each way, read through at any moment after a key.

    The page's clock and the line run ten times as fast as in life; the server does not.
    """
    page = enter(made_up.sam)
    page.add_init_script(TEN_TIMES_AS_FAST)
    begin(page)
    answers: list[int] = []

    def stay(route: Route) -> None:
        """Let the form through to the server, and the browser stay on its page."""
        if route.request.method != "POST":
            route.continue_()
            return
        answers.append(route.fetch(max_redirects=0).status)
        route.fulfill(status=413)  # the page stays, and a person goes on

    page.route(page.url, stay)
    moments = random.Random(200)  # noqa: S311 (not a secret)
    for number in range(TRIES):
        with page.expect_response(lambda answer: answer.url == page.url):
            page.evaluate(TYPE_AND_READ, [f" {number}", moments.uniform(0, 150)])
        page.locator("#save-state", has_text="too long").wait_for()
    assert answers == [DONE] * TRIES
    page.unroute(page.url)
    page.reload()
    typed = " ".join(str(number) for number in range(TRIES))
    expect(first_box(page)).to_have_value(typed)
