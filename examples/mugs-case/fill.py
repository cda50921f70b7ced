"""Puts values into a blank form, as an application on a phone would: ``python3 fill.py form.json values.json > filled.json``."""

import json
import sys
from pathlib import Path

form, values = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[1:3])
record = {"format": "lotproof-record/1", "order": form["data"], "fields": values}
json.dump(record, sys.stdout, ensure_ascii=False)
