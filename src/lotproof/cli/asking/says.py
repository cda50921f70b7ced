"""What `lotproof new` says, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SAYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "welcome": (
            "Type an answer and press Enter. Enter alone leaves it open; = takes what is offered; < goes back; :h shows the rest.",
            "输入答案后按回车。直接按回车表示留空；= 采用建议值；< 返回上一题；:h 查看其他命令。",
        ),
        "saved": ("Every answer is saved at once in {}.", "每个答案即时保存在 {}。"),
        "resumed": ("Going on with {}: {} answered.", "继续填写 {}：已回答 {} 项。"),
        "place": ("{} of about {}", "第 {} 题，约共 {} 题"),
        "why": ("why", "原因"),
        "blank": ("left open", "留空时"),
        "now": ("now", "当前值"),
        "offered": ("offered", "建议"),
        "between": ("between {} and {}", "介于 {} 与 {} 之间"),
        "least": ("at least {}", "不小于 {}"),
        "most": ("at most {}", "不大于 {}"),
        "example": ("for example", "例如"),
        "understood": ("understood as", "理解为"),
        "which": ("That reads in {} ways. Which is meant?", "有 {} 种读法，请选择："),
        "again": ("Please type it again.", "请重新输入。"),
        "in_chinese": ("The same in Chinese (Enter: open)", "对应的中文（回车留空）"),
        "in_english": ("The same in English (Enter: open)", "对应的英文（回车留空）"),
        "vague": ("'{}' cannot be checked: {} Ask for: {}", "“{}”无法检验：{} 建议写明：{}"),
        "keep": ("Enter keeps it as it is, or type it anew", "回车保留原文，或重新输入"),
        "mend": ("mend", "改正"),
        "first": ("This is the first question.", "这是第一题。"),
        "yes_no": ("y or n", "y 或 n"),
        "not_by_item": (
            "Only a clause for all goods, of an order with several items.",
            "仅适用于有多个货号的订单中对全部货物的条款。",
        ),
        "pick": (
            "Numbers such as 1 4 7-9; a word searches; all, none; Enter goes on",
            "输入编号，如 1 4 7-9；输入词语可搜索；all 全选，none 清空；回车继续",
        ),
        "picked": ("taken", "已选"),
        "needed": ("At least one is needed.", "至少选择一项。"),
        "sections": ("Sections", "部分"),
        "to_section": ("Number of the section", "部分编号"),
        "no_section": ("There is no such section.", "没有该部分。"),
        "review": ("Answers so far", "已填写的答案"),
        "to_edit": (":e NUMBER changes one, Enter goes on.", ":e 编号 可修改，回车继续。"),
        "no_number": ("There is no such number.", "没有该编号。"),
        "removed": ("Removed.", "已删除。"),
        "not_a_row": ("This question stands in no row that could be removed.", "该题不在可删除的行中。"),
        "stopped": ("Saved in {}. The same command goes on from here.", "已保存在 {}。再次运行同一命令即可继续。"),
        "done": ("All questions have been put. The answers are in {}.", "所有问题已提出，答案保存在 {}。"),
        "closing": (
            ":r shows the answers, :e NUMBER changes one, Enter ends.",
            ":r 查看答案，:e 编号 修改，回车结束。",
        ),
        "build": ("Next: lotproof build {}", "下一步：lotproof build {}"),
        "parties": ("The house keeps these:", "模板保存了以下当事人："),
        "party": ("Number or name (Enter: type in)", "编号或名称（回车：自行填写）"),
        "category": ("Category (number, or a word to search)", "类别（编号，或输入词语搜索）"),
        "no_match": ("Nothing matches.", "没有匹配项。"),
        "unknown": ("There is no command {}; :h lists them.", "没有命令 {}；:h 查看全部。"),
        "no_offer": ("Nothing is offered here.", "此处没有建议值。"),
        "row": ("row", "行"),
        "item": ("item", "货号"),
        "left_optional": ("nothing is printed for it", "合同中不印该项"),
        "left_term": (
            "a line to fill in: the inspector marks it pending, no final contract",
            "该行留空待填：检验员只能记为待定，不能生成正式合同",
        ),
        "left_group": (
            "a draft; the rules of the law or of the platform take its place",
            "仅为草案；将适用法律或平台的规则",
        ),
        "help": (
            (
                "Enter    leave open, or keep what stands there\n"
                "=  =2    take what is offered, the 2nd of it\n"
                "<  :b    back\n"
                ":j       jump to a section\n"
                ":r       review; :e NUMBER changes an answer\n"
                ":x       empty this answer\n"
                ":d       remove this row (item, requirement)\n:i       state this clause for each item by itself\n"
                ":q       stop; the same command goes on later\n"
                "A quantity may be typed as 3/8 in, 1 250 mm, ± 0,2 mm, 2 weeks. Words in two languages: steel // 钢"
            ),
            (
                "回车     留空，或保留现有答案\n"
                "=  =2    采用建议值（第2个）\n"
                "<  :b    返回上一题\n"
                ":j       跳到某一部分\n"
                ":r       查看答案；:e 编号 可修改\n"
                ":x       清空本题答案\n"
                ":d       删除本行（货号、要求）\n:i       按货号分别填写本条款\n"
                ":q       停止；再次运行同一命令即可继续\n"
                "数量可按习惯输入：3/8 in、1 250 mm、± 0,2 mm、2 weeks。双语文字：steel // 钢"
            ),
        ),
    }
)
"""Words by key: English, Chinese."""
