"""What Art. 9 asks of this very draft, in words for its applicant: what is needed and why, and what looks forgotten.

Only ``regulation.materials.missing`` blocks; what is said here are hints, because one file may hold many papers.
"""

from collections.abc import Iterator
from datetime import date

from applications.drafts import Draft
from applications.listforms import LISTS
from applications.models import ListKind
from applications.schema import BY_KEY
from regulation.materials import Material, When

TITLE, LEASE = "premises_title", "premises_lease"
_ASKED_OF_TENURE = {"owned": (TITLE,), "leased": (LEASE,), "both": (TITLE, LEASE)}
_PREMISES_WORDS = {TITLE: "产权证明", LEASE: "长期租赁合同"}
_ROWS_OF = {"institution_contracts": ListKind.INSTITUTIONS, "qualification_certificates": ListKind.QUALIFICATIONS}
_EACH = {"institution_contracts": "每家机构都要有合同或者协议", "qualification_certificates": "每项都要有证书"}


def need(document: Material, draft: Draft) -> str:
    """Whether the document must be handed in with this draft, and because of what."""
    if document.either:
        return "产权证明、长期租赁合同至少交一项"
    if document.when is When.IF_CLAIMED:
        return "已列资质荣誉，必须提交" if draft.claims_qualifications else "未列资质荣誉，不需要提交"
    if document.when is When.IF_STARTUP:
        return "已申报创业服务功能，必须提交" if "startup" in draft.functions else "未申报创业服务功能，不需要提交"
    return document.when.label


def hints(document: Material, draft: Draft) -> list[str]:
    """What the applicant should look at again under this document."""
    return [*_premises(document.key, draft), *_rows(document.key, draft), *_unasked(document, draft)]


def _premises(key: str, draft: Draft) -> Iterator[str]:
    data = draft.data("premises")
    asked = _ASKED_OF_TENURE.get(data.get("tenure", ""), ())
    given = draft.documents & {TITLE, LEASE}
    if key in asked and key not in given and given:
        tenure = BY_KEY["premises"].field("tenure").shown(data["tenure"])
        yield f"填报的场所使用方式为“{tenure}”，请上传{_PREMISES_WORDS[key]}，或者核对使用方式。"
    ends: date | None = BY_KEY["premises"].field("lease_to").value(data.get("lease_to", ""))
    if key == LEASE and LEASE in asked and ends and ends < draft.closes_on:
        yield "填报的租期止早于申报截止日，请核对租期，或者上传续租合同。"


def _rows(key: str, draft: Draft) -> Iterator[str]:
    """Fewer files than rows of the list: perhaps one file holds several papers, perhaps some are missing."""
    kind = _ROWS_OF.get(key)
    files = sum(material.document == key for material in draft.materials)
    rows = len(draft.rows.get(kind, ())) if kind else 0
    if kind and 0 < files < rows:
        title = LISTS[kind].title
        yield f"{title}有 {rows} 行，已上传 {files} 个文件。{_EACH[key]}，一个文件可以包含多份，请确认齐全。"


def _unasked(document: Material, draft: Draft) -> Iterator[str]:
    if document.key not in draft.documents:
        return
    if document.when is When.IF_CLAIMED and not draft.claims_qualifications:
        yield "已上传证书，资质荣誉清单还是空的。作为申报依据的，请列入清单。"
    if document.when is When.IF_STARTUP and "startup" not in draft.functions:
        yield "没有申报创业服务功能，创业导师证明可以移除，也可以保留。"
