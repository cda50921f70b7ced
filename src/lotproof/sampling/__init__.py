"""
Sampling plans by attributes: lot size, level and AQL to sample sizes, Ac and Re.

Tables: ISO 2859-1:1999 (whose tables GB/T 2828.1-2012 has too), ANSI/ASQ Z1.4-2003 and MIL-STD-105E; Table 1 (code letters) and the
master tables of single, double and multiple sampling under normal, tightened and reduced inspection. They are data in
``spec_catalog/sampling/``, with their provenance.
"""

from __future__ import annotations

from lotproof.sampling.classes import SAMPLES, class_plans
from lotproof.sampling.draws import cartons_to_open, draw, share
from lotproof.sampling.model import Arrow, Explanation, NoPlan, Plan, Stage
from lotproof.sampling.plans import bands, code_letter, explain, neighbours, plan, reread, sample_size
from lotproof.sampling.tables import KINDS, LARGEST_PERCENT_AQL, LEVELS, SEVERITIES, STANDARDS, aqls

__all__ = [
    "KINDS",
    "LARGEST_PERCENT_AQL",
    "LEVELS",
    "SAMPLES",
    "SEVERITIES",
    "STANDARDS",
    "Arrow",
    "Explanation",
    "NoPlan",
    "Plan",
    "Stage",
    "aqls",
    "bands",
    "cartons_to_open",
    "class_plans",
    "code_letter",
    "draw",
    "explain",
    "neighbours",
    "plan",
    "reread",
    "sample_size",
    "share",
]
