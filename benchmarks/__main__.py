"""All benchmarks, one after another, or only those that are named: `make bench`.

python -m benchmarks [appends] [roundtrip] [audit]
"""

import runpy
import sys

MODULES = ("appends", "roundtrip", "audit")

for module in sys.argv[1:] or MODULES:
    print(f"\n== {module}", flush=True)
    sys.argv = [module]
    runpy.run_module(f"benchmarks.{module}", run_name="__main__")
