"""A body map by mouse, by touch, by keyboard and without scripts; a sketch in the same ways."""

import time

import pytest
from playwright.sync_api import Locator, Page, Position, expect

from tests.journeys.conftest import Enter
from tests.journeys.page import first_box, look, saved
from tests.journeys.test_keyboard import tab_to
from tests.made_up import PASSWORD, MadeUp

pytestmark = [pytest.mark.browser, pytest.mark.policy("P06")]
LEFT_FOREARM = (775, 930)  # where the figure has it, seen from the front
RIGHT_KNEE = (422, 1400)


def accident(made_up: MadeUp, enter: Enter, *, width: int = 1280, scripts: bool = True) -> Page:
    draft = made_up.draft(
        made_up.jay, "Jay fell off the swing.", form="accident",
        answers={"kind": "accident", "hurt": "His arm and knee.", "medical_help": "none",
                 "view_missing": "not_asked"},
    )  # fmt: skip
    page = enter(made_up.sam, width=width, scripts=scripts, path=f"/drafts/{draft}/")
    for fold in page.locator("details:has(.app-map), details:has(.app-sketch)").all():
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
    return page


def at(figure: Locator, place: tuple[int, int]) -> Position:
    """Return where on the figure a place of its lattice is, in pixels from its corner."""
    spot: dict[str, float] = figure.evaluate(
        """(box, [x, y]) => {
            const at = new DOMPoint(x, y).matrixTransform(box.querySelector('svg').getScreenCTM())
            const corner = box.getBoundingClientRect()
            return {x: at.x - corner.x, y: at.y - corner.y}
        }""",
        list(place),
    )
    return Position(x=spot["x"], y=spot["y"])


def front(page: Page) -> Locator:
    return page.get_by_role("application", name="Figure, front")


def read_and_sign(page: Page) -> None:
    page.get_by_role("button", name="Read through").click()
    expect(page.locator(".app-drawing__list")).to_be_visible()
    look(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Sealed as no.")).to_be_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_a_body_map_is_made_with_the_mouse_or_a_finger(
    made_up: MadeUp, enter: Enter, width: int
) -> None:
    page = accident(made_up, enter, width=width)
    front(page).click(position=at(front(page), LEFT_FOREARM))
    page.get_by_label("What it is", exact=True).select_option("Bruise")
    page.get_by_label("Length in mm").fill("20")
    page.get_by_label("In words").fill("from the chain of the swing")
    page.get_by_label("Photograph no.").fill("2")
    page.get_by_role("button", name="Done").click()
    front(page).click(position=at(front(page), RIGHT_KNEE))
    page.get_by_label("What it is", exact=True).select_option("Graze")
    look(page)
    saved(page)
    page.reload()
    expect(page.locator(".app-map__mark")).to_have_count(2)
    read_and_sign(page)

    words = (
        "Bruise, left forearm, front. 20 mm long. from the chain of the swing. See photograph 2."
    )
    expect(page.locator(".app-drawing__list li").first).to_have_text(words)
    expect(page.get_by_role("img", name="Body map")).to_be_visible()
    look(page)


def test_a_body_map_is_made_with_the_keyboard_alone(made_up: MadeUp, enter: Enter) -> None:
    page = accident(made_up, enter, width=360)
    live = page.locator(".app-map [data-live]")
    front(page).focus()
    for _ in range(28):  # from the middle of the chest down to the belly
        page.keyboard.press("ArrowDown")
    expect(live).to_have_text("belly")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What it is", exact=True)).to_be_focused()
    page.keyboard.type("Re")
    expect(live).to_have_text("Mark 1, belly, redness")
    tab_to(page, "Done")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Change mark 1")).to_be_focused()
    page.get_by_label("Place on the body").select_option("back-left_calf")
    page.get_by_role("button", name="Add a mark there").press("Enter")
    page.get_by_label("What it is", exact=True).select_option("Cut")
    expect(live).to_have_text("Mark 2, left calf, cut")
    page.get_by_role("button", name="Remove mark 1").press("Enter")
    expect(page.locator(".app-map__mark span").first).to_have_text("Cut, left calf.")


def test_a_body_map_is_made_without_scripts(made_up: MadeUp, enter: Enter) -> None:
    page = accident(made_up, enter, width=360, scripts=False)
    first = page.get_by_role("group", name="Another mark (1)")
    first.get_by_label("Where").select_option("front-left_forearm")
    first.get_by_label("What it is", exact=True).select_option("Bruise")
    second = page.get_by_role("group", name="Another mark (2)")
    second.get_by_label("Where").select_option("back-left_bottom")
    second.get_by_label("What it is", exact=True).select_option("Pain with nothing to see")
    page.get_by_role("button", name="Put these marks on the map").click()
    expect(page.locator(".app-map__mark")).to_have_text(
        ["Bruise, left forearm, front.",
         "Pain with nothing to see, left side of the bottom."]
    )  # fmt: skip
    page.get_by_text("Remove marks", exact=True).click()
    page.get_by_label("Remove mark 1").check()
    page.get_by_role("button", name="Put these marks on the map").click()

    expect(page.locator(".app-map__mark")).to_have_count(1)


def test_a_body_map_of_five_hundred_marks_is_quick(made_up: MadeUp, enter: Enter) -> None:
    page = accident(made_up, enter)
    begun = time.perf_counter()
    page.evaluate(
        """() => {
            const add = document.querySelector('.app-map [data-add]')
            const kind = document.querySelector('.app-map [data-field=kind]')
            const place = document.querySelector('.app-map [data-place]')
            for (let n = 0; n < 500; n += 1) {
                place.selectedIndex = n % place.options.length
                add.click()
                kind.value = 'bruise'
                kind.dispatchEvent(new Event('input', {bubbles: true}))
            }
        }"""
    )
    made = time.perf_counter() - begun
    page.get_by_role("button", name="Add a mark there").click()
    expect(page.locator(".app-map [data-live]")).to_contain_text("A body map holds 500 marks")
    expect(page.locator(".app-map__mark")).to_have_count(500)
    saved(page)
    begun = time.perf_counter()
    page.get_by_role("button", name="Read through").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    sealed = time.perf_counter() - begun

    expect(page.locator(".app-drawing__list li")).to_have_count(500)
    assert made < 20
    assert sealed < 10


@pytest.mark.parametrize("width", [1280, 360])
def test_a_sketch_is_drawn_described_and_sealed(made_up: MadeUp, enter: Enter, width: int) -> None:
    page = note(made_up, enter, width=width)
    sheet = page.get_by_role("application", name="Sketch")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + 20 + step * 20, box["y"] + 20 + (step % 3) * 30)
    page.mouse.up()
    page.get_by_text("Point with words", exact=True).click()
    sheet.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.get_by_role("textbox", name="Point 1").fill("</text><script>alert(1)</script> the swing")
    page.get_by_label("Describe it").fill("Which way Jay ran, from the door to the swing.")
    look(page)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Keep and seal").click()

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    expect(page.get_by_role("img", name="Sketch")).to_be_visible()
    expect(page.locator(".app-drawing__list li")).to_contain_text("the swing. In square E4.")
    look(page)


def test_one_finger_draws_and_does_not_scroll_and_two_do_not_draw(
    made_up: MadeUp, enter: Enter
) -> None:
    page = note(made_up, enter, width=360)
    sheet = page.get_by_role("application", name="Sketch")
    sheet.scroll_into_view_if_needed()
    box, stands = sheet.bounding_box(), page.evaluate("scrollY")
    assert box is not None
    hand = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [
            {"x": box["x"] + x, "y": box["y"] + y, "id": finger}
            for finger, (x, y) in enumerate(places)
        ]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (40, 150))
    for step in range(1, 8):
        touch("touchMove", (40 + step * 10, 150 - step * 15))
    touch("touchEnd")
    expect(page.locator(".app-sketch [data-heading]")).to_have_text("Sketch with 1 stroke.")
    assert page.evaluate("scrollY") == stands

    touch("touchStart", (40, 150))
    touch("touchStart", (40, 150), (120, 150))
    touch("touchMove", (40, 120), (120, 120))
    touch("touchEnd")
    expect(page.locator(".app-sketch [data-heading]")).to_have_text("Sketch with 1 stroke.")


def test_a_sketch_without_a_description_is_not_sealed(made_up: MadeUp, enter: Enter) -> None:
    page = note(made_up, enter)
    sheet = page.get_by_role("application", name="Sketch")
    sheet.focus()
    page.keyboard.press("l")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("l")
    page.keyboard.press("Enter")
    page.keyboard.type("The gate")
    page.keyboard.press("Enter")
    expect(sheet).to_be_focused()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Keep and seal").click()

    expect(page.locator(".app-sketch .app-wrong")).to_contain_text("describe it for someone")
    expect(page.get_by_role("textbox", name="Point 1")).to_have_value("The gate")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_role("textbox", name="Point 1")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("textbox", name="Point 1")).to_have_value("The gate")


def test_a_sketch_is_named_by_squares_without_scripts(made_up: MadeUp, enter: Enter) -> None:
    page = note(made_up, enter, width=360, scripts=False)
    page.get_by_label("Describe it").fill("Where everybody sat at table.")
    first = page.get_by_role("group", name="Another point (1)")
    first.get_by_label("Square").select_option("C2")
    first.get_by_label("What is there").fill("Jay")
    page.get_by_role("button", name="Put these points on the sketch").click()
    expect(page.locator(".app-sketch__points li")).to_have_text(["Jay. In square C2."])
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Keep and seal").click()

    expect(page.get_by_text("Sealed as no.")).to_be_visible()
    expect(page.locator(".app-drawing__said")).to_have_text("Where everybody sat at table.")


def note(made_up: MadeUp, enter: Enter, *, width: int = 1280, scripts: bool = True) -> Page:
    page = enter(made_up.sam, width=width, scripts=scripts)
    page.get_by_role("button", name="Take a note for Jay").click()
    first_box(page).fill("Jay ran to the swing.")
    page.get_by_label("I was there").click()
    page.get_by_text("Somebody was there", exact=True).click()
    page.get_by_text("Kit Adeyemi", exact=True).click()
    fold = page.locator("details:has(.app-sketch)")
    if fold.count() and fold.first.get_attribute("open") is None:
        fold.first.locator("summary").first.click()
    return page
