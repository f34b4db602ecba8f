"""The form of one class of material: which document it is, the files, a note."""

from typing import Any

from django import forms

from accounts.widgets import Upload
from files.forms import DocumentField
from files.purposes import Purpose
from regulation.materials import MaterialClass


class ManyUploads(Upload):
    """Several files at once."""

    allow_multiple_selected = True


class DocumentsField(DocumentField):
    """Several documents; each is examined on its own and named in its refusal."""

    def __init__(self, *, purpose: str, **options: object) -> None:
        options.setdefault("widget", ManyUploads({"multiple": True}))
        super().__init__(purpose=purpose, **options)

    def clean(self, data: Any, initial: object = None) -> Any:
        if not data:
            return super().clean(None, initial)
        cleaned, problems = [], []
        for upload in data if isinstance(data, list | tuple) else [data]:
            try:
                cleaned.append(super().clean(upload, initial))
            except forms.ValidationError as error:
                problems += [
                    forms.ValidationError(f"{upload.name}：{words}", code=one.code)
                    for one in error.error_list
                    for words in one.messages
                ]
        if problems:
            raise forms.ValidationError(problems)
        return cleaned


class MaterialForm(forms.Form):
    """Files for one class of Art. 9."""

    document = forms.ChoiceField(
        label="材料名称", widget=forms.RadioSelect, error_messages={"required": "请选择材料名称。"}
    )
    files = DocumentsField(label="文件", purpose=Purpose.MATERIAL)
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="例如所指的年度、有效期、页码。")

    def __init__(self, group: MaterialClass, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.key, item.label) for item in group.materials]
        self.fields["document"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["document"].initial = choices[0][0]
            self.fields["document"].widget = forms.HiddenInput()


class ChangeForm(forms.Form):
    """Another file, another note, or both."""

    file = DocumentField(label="新文件", purpose=Purpose.MATERIAL, required=False, widget=Upload)
    note = forms.CharField(label="说明", max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text += "。只改说明的，不选文件。"
