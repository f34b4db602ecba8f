"""Errors of a service in the form of the page."""

from django import forms
from django.core.exceptions import ValidationError


def take_errors(form: forms.Form, error: ValidationError) -> None:
    """Put the errors of a service at the fields of the form, those of unknown fields above it."""
    found = error.error_dict if hasattr(error, "error_dict") else {forms.forms.NON_FIELD_ERRORS: error.error_list}
    for name, errors in found.items():
        form.add_error(name if name in form.fields else None, errors)
