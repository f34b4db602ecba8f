"""Forms of filing."""

from django import forms

from accounts.fields import LineField


class NewApplicationForm(forms.Form):
    """What an application begins with."""

    platform_name = LineField(
        label="平台名称", max_length=120, help_text="可以与运营单位名称不同，填报时还可以修改。",
        error_messages={"required": "请填写平台名称。"},
    )  # fmt: skip
