"""Form fields of accounts in our look."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def field_input(field: BoundField, autofocus: bool = False) -> SafeString:
    """The widget of a field as `.input`; its hint and its refusal are named by aria-describedby."""
    said = [f"{field.id_for_label}-refusal"] if field.errors else []
    if field.help_text:
        said.append(f"{field.id_for_label}-hint")
    named: dict[str, str | bool] = {
        "class": "input",
        "placeholder": "",
        "aria-describedby": " ".join(said) or False,
    }
    if field.errors:
        named["aria-invalid"] = "true"
    if autofocus:
        named["autofocus"] = True
    return field.as_widget(attrs=named)


@register.filter
def device(agent: str) -> str:
    """A browser and its system in a few words, from what it says of itself."""
    browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome")]
    systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")]
    browsers += [("Safari/", "Safari")]
    systems += [("Mac OS X", "macOS"), ("Linux", "Linux")]
    browser = next((name for mark, name in browsers if mark in agent), _("A browser"))
    system = next((name for mark, name in systems if mark in agent), "")
    return f"{browser}, {system}" if system else str(browser)
