"""Characters that stand in a Word file by their code in a font of signs."""

from __future__ import annotations

SYMBOLS = {
    0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0x44: "Δ", 0x57: "Ω", 0x6D: "µ", 0xB7: "•",
}  # fmt: skip
"""Characters of the font Symbol, by their code less 0xF000."""
