from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from casebound.foundation.web.faces import face_svg


@given(st.text(max_size=30))
def test_a_face_is_drawn_for_any_name_and_says_nothing_of_it(name: str) -> None:
    svg = ElementTree.fromstring(face_svg(name))  # noqa: S314  (our own drawing)
    assert svg.get("aria-hidden") == "true"
    assert not "".join(svg.itertext())


def test_the_same_name_always_has_the_same_face() -> None:
    assert face_svg("Amara Okafor") == face_svg("Amara Okafor")
    assert face_svg("Amara Okafor") != face_svg("Ben Whitlock")
