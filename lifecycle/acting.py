"""Calling a service from a form: refusals of the service appear at its fields, with everything typed kept."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from files.errors import Refused
from files.forms import refusal_status


def attempt(form: forms.Form, service: Callable[..., Any], **given: Any) -> Any:
    """The service's result, or None with its errors in the form. Refusals of the engine pass through to their own page."""
    try:
        return service(**given)
    except ValidationError as error:
        place(form, error)
    except Refused as refusal:
        form.add_error(None, refusal.message)
    return None


def place(form: forms.Form, error: ValidationError) -> None:
    """Put the errors of a service at the form's fields, those of unknown fields above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def status_of(form: forms.Form) -> int:
    """200 for a fresh form, 422 (or 413, 415 for a file) for one with errors."""
    return refusal_status(form) if form.is_bound and form.errors else 200
