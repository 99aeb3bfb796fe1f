"""All benchmarks, one after another: `make bench`."""

import runpy
import sys

for module in ("appends", "roundtrip"):
    print(f"\n== {module}", flush=True)
    sys.argv = [module]
    runpy.run_module(f"benchmarks.{module}", run_name="__main__")
