"""What proves each tick of Art. 7 and 8: a kind of material, a filled field, a list. A tick with any of them has evidence."""

from applications.drafts import Draft

MATERIAL, FIELD, LIST = "material", "field", "list"
Source = tuple[str, str]

_RULES: tuple[Source, ...] = ((MATERIAL, "process_documents"),)
_PROOFS: tuple[Source, ...] = ((MATERIAL, "service_proofs"),)
_CERTIFICATES: Source = (MATERIAL, "qualification_certificates")

# fmt: off
OF_CLAIM: dict[str, tuple[Source, ...]] = {
    "legal_person": ((MATERIAL, "licence"),),
    "service_qualification": (_CERTIFICATES, *_PROOFS),
    "good_management": _RULES,
    "good_finances": ((MATERIAL, "financial_statements"),),
    "good_credit": ((FIELD, "finance.credit_checked_on"),),
    "key_industries": ((FIELD, "service.key_industries_note"),),
    "reputation": (_CERTIFICATES, *_PROOFS),
    "premises": ((MATERIAL, "premises_title"), (MATERIAL, "premises_lease")),
    "equipment": ((LIST, "equipment"),),
    "management_rules": _RULES,
    "service_process": _RULES,
    "fee_standard": _RULES,
    "quality_assurance": _RULES,
    "development_plan": ((FIELD, "narrative.plan"),),
    "yearly_targets": ((FIELD, "narrative.targets"),),
    "management_team": ((MATERIAL, "managers"),),
    "cooperation": ((FIELD, "resources.cooperation_note"),),
    "online_means": ((FIELD, "resources.online_url"),),
}
OF_PRECONDITION: dict[str, tuple[Source, ...]] = {
    "information.online_system": ((FIELD, "resources.online_url"),),
    "startup.mentors": ((MATERIAL, "mentors"),),
    "training.training_licence": (_CERTIFICATES,),
}
# fmt: on
OTHERWISE = (*_PROOFS, *_RULES)


def shown(draft: Draft, key: str) -> bool:
    """Whether the draft holds something that proves the claim or precondition."""
    sources = OF_CLAIM.get(key) or OF_PRECONDITION.get(key, OTHERWISE)
    return any(_holds(draft, kind, name) for kind, name in sources)


def document_wanted(key: str) -> str:
    """The document of Art. 9 that would prove the claim, by its key in ``regulation.materials``; empty when a field or list does."""
    sources = OF_CLAIM.get(key) or OF_PRECONDITION.get(key, OTHERWISE)
    kind, name = sources[0]
    return name if kind == MATERIAL else ""


def _holds(draft: Draft, kind: str, name: str) -> bool:
    if kind == MATERIAL:
        return name in draft.documents
    if kind == LIST:
        return bool(draft.rows.get(name))
    section, _, field = name.partition(".")
    return bool(draft.data(section).get(field, "").strip())
