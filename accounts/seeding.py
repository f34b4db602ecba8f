"""Kunming's fourteen county-level districts and five development zones, as every database begins with them.

Names of departments follow the city's own addressing of 2023; zones have no GB/T 2260 code. All is editable data.
"""

from typing import Any

# fmt: off
DISTRICTS: tuple[tuple[str, str, str, str], ...] = (
    ("wuhua", "五华区", "五华区科技和工业信息化局", "530102"),
    ("panlong", "盘龙区", "盘龙区科技和工业信息化局", "530103"),
    ("guandu", "官渡区", "官渡区科技和工业信息化局", "530111"),
    ("xishan", "西山区", "西山区科技和工业信息化局", "530112"),
    ("dongchuan", "东川区", "东川区科技和工业信息化局", "530113"),
    ("chenggong", "呈贡区", "呈贡区科技和工业信息化局", "530114"),
    ("jinning", "晋宁区", "晋宁区科技和工业信息化局", "530115"),
    ("fumin", "富民县", "富民县科技和工业信息化局", "530124"),
    ("yiliang", "宜良县", "宜良县科技和工业信息化局", "530125"),
    ("shilin", "石林彝族自治县", "石林彝族自治县科技和工业信息化局", "530126"),
    ("songming", "嵩明县", "嵩明县科技和工业信息化局", "530127"),
    ("luquan", "禄劝彝族苗族自治县", "禄劝彝族苗族自治县科技和工业信息化局", "530128"),
    ("xundian", "寻甸回族彝族自治县", "寻甸回族彝族自治县科技和工业信息化局", "530129"),
    ("anning", "安宁市", "安宁市科技和工业信息化局", "530181"),
    ("gaoxin", "昆明高新技术产业开发区", "昆明高新区经济发展局", ""),
    ("jingkai", "昆明经济技术开发区", "昆明经开区经济发展局", ""),
    ("dianchi", "昆明滇池国家旅游度假区", "滇池度假区经济发展局", ""),
    ("yangzonghai", "阳宗海风景名胜区", "阳宗海风景名胜区经济发展局", ""),
    ("konggang", "空港经济区", "空港经济区经济发展局", ""),
)
# fmt: on


def plant(apps: Any, schema_editor: Any = None) -> None:
    """Plant the districts that are missing; ``apps`` is Django's or a migration's registry."""
    district = apps.get_model("accounts", "District")
    for order, (slug, name, bureau, gb_code) in enumerate(DISTRICTS, 1):
        defaults = {"name": name, "bureau": bureau, "gb_code": gb_code, "is_zone": not gb_code, "order": order}
        district.objects.get_or_create(slug=slug, defaults=defaults)
