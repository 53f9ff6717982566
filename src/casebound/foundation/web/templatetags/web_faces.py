"""Drawn faces for the people of the demo and for person chips."""

from django import template
from django.utils.safestring import SafeString

from casebound.foundation.web import faces

register = template.Library()


@register.simple_tag
def face(seed: str, classes: str = "app-face") -> SafeString:
    """Return the face drawn from `seed`; nothing of the seed itself is in it."""
    return SafeString(faces.face_svg(seed, classes))
