"""Drawn faces for the people of the demo and for person chips."""

from django import template
from markupsafe import Markup

from casebound.foundation.web import faces

register = template.Library()


@register.simple_tag
def beside(seed: str) -> Markup:
    """Return a picture to stand beside a name; nothing where there is no seed."""
    return faces.beside(seed)


@register.simple_tag
def face(seed: str, classes: str = "app-face") -> Markup:
    """Return the face drawn from `seed`; nothing of the seed itself is in it."""
    return faces.face_svg(seed, classes)
