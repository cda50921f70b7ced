"""The parties: whom a court or a platform could find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lotproof.audit.contract import Contract
from lotproof.audit.model import Hit
from lotproof.audit.sought import sought
from lotproof.questions.registration import check_character, malformed

_CHINESE_FORM = re.compile(
    r"有限责任公司|股份有限公司|有限公司|股份公司|集团公司|分公司|合作社|经营部|工作室|商行|厂(?![家方内房区商址牌])"
)
"""How the registered name of a company ends."""
_CHINESE_REST = re.compile(r"[\u3400-\u9fff()·]{3,36}\Z")
_NO_NAME = re.compile(
    r"(?:检验|检测|保险|货代|货运|快递|运输|船|认证|物流|本|贵|该|贸易|生产|两家|子|母|任何|第三方|银行|担保)(?:有限)?公司|工厂|原厂|本厂|该厂|出厂"
)
_ENGLISH_NAME = re.compile(
    r"(?:[A-Z][\w&.'-]{0,30},?\s){1,8}?(?:Co\.?,?\s?Ltd|Company Limited|Limited|Ltd|Corp|Corporation|Inc|Factory|Co\.,|Company)\b\.?",
    re.UNICODE,
)
_CODE = sought(r"(?<![0-9A-Za-z])[0-9A-Z]{18}(?![0-9A-Za-z])", "0|1|2|3|4|5|6|7|8|9")
_LABELLED = sought(
    r"(?:unified social credit (?:code|no\.?)|social credit code|uscc|credit code|business licen[cs]e (?:no\.?|number)|registration (?:no\.?|number|code)|"
    r"统一社会信用代码|社会信用代码|信用代码|税号|纳税人识别号|注册号)\s?(?:\([^()]{0,40}\))?[\s:：|]{0,4}([0-9A-Za-z]{8,24})(?![0-9A-Za-z])",
    "credit|uscc|licen|registration|信用代码|税号|识别号|注册号",
    re.IGNORECASE,
)
_BENEFICIARY = sought(
    r"(?:beneficiary(?: name)?|account (?:name|holder)|收款人(?:名称)?|户名|账户名称|开户名称?)\s?[:：|]\s?([^\n|;；]{4,80})",
    "beneficiary|account|收款人|户名|账户|开户",
    re.IGNORECASE,
)
_SELLER = sought(
    r"(?:the )?(?:seller|supplier|vendor|exporter|manufacturer|party b|卖方|供方|供应商|乙方|出卖人)(?: name|名称)?\s?(?:\([^()\n]{0,30}\))?\s?[:：|]\s?([^\n|;；]{4,90})",
    "seller|supplier|vendor|exporter|manufacturer|party b|卖方|供方|供应商|乙方|出卖人",
    re.IGNORECASE,
)


def english_name_only(contract: Contract) -> Iterator[Hit]:
    """LP550: no Chinese name: only the registered Chinese name identifies a company of the mainland."""
    if not _from_the_mainland(contract) or any(_names(contract)):
        return
    seller = contract.first(_SELLER)
    name = (
        _ENGLISH_NAME.search(contract.plain, seller.start(1), seller.end(1))
        if seller
        else _ENGLISH_NAME.search(contract.plain)
    )
    if name:
        yield Hit(name="LP550", start=name.start(), end=name.end())
    else:
        yield Hit(name="LP550")


def no_credit_code(contract: Contract) -> Iterator[Hit]:
    """LP551: no unified social credit code, the only number under which a company of the mainland is found for certain."""
    if _from_the_mainland(contract) and not any(_codes(contract)) and not contract.first(_LABELLED):
        name = next(_names(contract), None)
        yield Hit(name="LP551", start=name[0], end=name[1]) if name else Hit(name="LP551")


def malformed_credit_code(contract: Contract) -> Iterator[Hit]:
    """LP552: what stands as unified social credit code cannot be one (GB 32100-2015)."""
    for match in contract.each(_LABELLED):
        label = contract.lower[match.start() : match.start(1)]
        code = match[1].upper()
        certain = "credit" in label or "uscc" in label or "信用" in label
        if certain and (why := malformed(code)) and not code.isalpha():
            yield Hit(
                name="LP552", start=match.start(1), end=match.end(1), values={"why": {"en": why, "zh": _why(code)}}
            )


def credit_code_with_a_slip(contract: Contract) -> Iterator[Hit]:
    """LP553: the check character does not fit; nearly always a slip of the pen."""
    for start, end, code in _codes(contract):
        right = check_character(code)
        if right != code[-1]:
            yield Hit(name="LP553", start=start, end=end, values={"right": right, "given": code[-1]})


def another_beneficiary(contract: Contract) -> Iterator[Hit]:
    """LP557: the money goes to somebody who is not the seller."""
    paid = contract.first(_BENEFICIARY)
    if paid is None or not contract.is_contract or _PLATFORM.search(paid[1]):
        return
    sellers = list(islice(contract.each(_SELLER), 20))
    if not sellers:
        return
    other = _folded_name(paid[1])
    names = [name for seller in sellers if (name := _in_script_of(other, _folded_name(seller[1])))]
    block = _folded_name(contract.plain[sellers[0].start() : min(sellers[0].end() + 600, paid.start())])
    if names and len(other) > 5 and other not in block and not any(name in other or other in name for name in names):
        yield Hit(name="LP557", start=paid.start(1), end=paid.end(1))


_PLATFORM = re.compile(r"alibaba|same as|the seller|卖方|同上|trade assurance", re.IGNORECASE)


def _in_script_of(other: str, name: str) -> str:
    """Return the part of a name that is written as another one is: a seller may stand with its English and its Chinese name."""
    han = re.search(r"[\u3400-\u9fff]", other) is not None
    return "".join(re.findall(r"[\u3400-\u9fff]" if han else r"[a-z0-9]", name))


def _from_the_mainland(contract: Contract) -> bool:
    return contract.is_contract and (contract.any("mainland") or not contract.any("elsewhere"))


def _names(contract: Contract) -> Iterator[tuple[int, int]]:
    """Yield every Chinese name of a company."""
    for form in _CHINESE_FORM.finditer(contract.plain):
        rest = _CHINESE_REST.search(contract.plain, max(0, form.start() - 36), form.start())
        if rest is None:
            continue
        name = contract.plain[rest.start() : form.end()]
        if "有限" in form[0] or not _NO_NAME.search(name[-7:]):
            yield rest.start(), form.end()


def _codes(contract: Contract) -> Iterator[tuple[int, int, str]]:
    """Yield every unified social credit code: its form is right and it begins as those of companies do."""
    for match in contract.each(_CODE):
        code = match[0]
        if not malformed(code) and code[0] in "159AY" and code[2:8].isdigit():
            yield match.start(), match.end(), code


def _why(code: str) -> str:
    return f"有{len(code)}位，而不是18位" if len(code) != 18 else "含有代码中不会出现的字符（I、O、S、V、Z）"


def _folded_name(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
