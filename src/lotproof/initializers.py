"""
The initializers of frozen values, by the number of fields: each takes the setters of a class; names come later.

Written out, because a process would compile them anew each time it starts, which took a build half as long as starting Python does.
``tests/test_frozen.py`` holds each to its number.
"""

# mypy: allow-untyped-defs
# ruff: noqa: ANN001, ANN202, E702, N807 - a table of functions

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# fmt: off

def _0():
    def __init__(self): pass
    return __init__

def _1(s0):
    def __init__(self, f0): s0(self, f0)
    return __init__

def _2(s0, s1):
    def __init__(self, f0, f1): s0(self, f0); s1(self, f1)
    return __init__

def _3(s0, s1, s2):
    def __init__(self, f0, f1, f2): s0(self, f0); s1(self, f1); s2(self, f2)
    return __init__

def _4(s0, s1, s2, s3):
    def __init__(self, f0, f1, f2, f3): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3)
    return __init__

def _5(s0, s1, s2, s3, s4):
    def __init__(self, f0, f1, f2, f3, f4): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4)
    return __init__

def _6(s0, s1, s2, s3, s4, s5):
    def __init__(self, f0, f1, f2, f3, f4, f5): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5)
    return __init__

def _7(s0, s1, s2, s3, s4, s5, s6):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6)
    return __init__

def _8(s0, s1, s2, s3, s4, s5, s6, s7):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7)
    return __init__

def _9(s0, s1, s2, s3, s4, s5, s6, s7, s8):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8)
    return __init__

def _10(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9)
    return __init__

def _11(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10)
    return __init__

def _12(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11)
    return __init__

def _13(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12)
    return __init__

def _14(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13)
    return __init__

def _15(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14)
    return __init__

def _16(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15)
    return __init__

def _17(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16)
    return __init__

def _18(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16); s17(self, f17)
    return __init__

def _19(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16); s17(self, f17); s18(self, f18)
    return __init__

def _20(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16); s17(self, f17); s18(self, f18); s19(self, f19)
    return __init__

def _21(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16); s17(self, f17); s18(self, f18); s19(self, f19); s20(self, f20)
    return __init__

def _22(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20, s21):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16); s17(self, f17); s18(self, f18); s19(self, f19); s20(self, f20); s21(self, f21)
    return __init__

def _23(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20, s21, s22):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16); s17(self, f17); s18(self, f18); s19(self, f19); s20(self, f20); s21(self, f21); s22(self, f22)
    return __init__

def _24(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15, s16, s17, s18, s19, s20, s21, s22, s23):
    def __init__(self, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9, f10, f11, f12, f13, f14, f15, f16, f17, f18, f19, f20, f21, f22, f23): s0(self, f0); s1(self, f1); s2(self, f2); s3(self, f3); s4(self, f4); s5(self, f5); s6(self, f6); s7(self, f7); s8(self, f8); s9(self, f9); s10(self, f10); s11(self, f11); s12(self, f12); s13(self, f13); s14(self, f14); s15(self, f15); s16(self, f16); s17(self, f17); s18(self, f18); s19(self, f19); s20(self, f20); s21(self, f21); s22(self, f22); s23(self, f23)
    return __init__

INITIALIZERS: tuple[Callable[..., Callable[..., Any]], ...] = (_0, _1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17, _18, _19, _20, _21, _22, _23, _24)
