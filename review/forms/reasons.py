"""A step that needs nothing but a reason, or nothing at all."""

from django import forms


class WhyForm(forms.Form):
    """The reason, in the words given to the form."""

    reason = forms.CharField(max_length=1000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: object, label: str = "理由", hint: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint
        self.fields["reason"].error_messages["required"] = f"请填写{label}。"


class PlainForm(forms.Form):
    """Only the press of a button."""
