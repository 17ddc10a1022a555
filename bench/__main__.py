"""`./hindcast bench [NAME] [--json]`: measures one figure or all; without a name and --json it lists them."""

import argparse
import importlib
import json
import pkgutil
import sys

import bench


def names():
    return sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))


def main():
    parser = argparse.ArgumentParser(prog="hindcast bench", description="Measures the figures we defend.")
    parser.add_argument("name", nargs="?", choices=names(), help="what to measure (default: list what there is)")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON; without a name, measure all")
    options = parser.parse_args()
    if not options.name and not options.json:
        for name in names():
            print(f"{name:<12} {importlib.import_module(f'bench.{name}').__doc__.splitlines()[0]}")
        return
    measured = {name: measure(name) for name in ([options.name] if options.name else names())}
    if options.json:
        print(json.dumps(measured[options.name] if options.name else measured))


def measure(name):
    """Measures and tells people on standard error, so that standard output is left to JSON."""
    figures = importlib.import_module(f"bench.{name}").measure()
    for figure, value in figures.items():
        sys.stderr.write(
            f"{name}: {figure.replace('_', ' ')}: {value if isinstance(value, str) else f'{value:,.4g}'}\n"
        )
    return figures


if __name__ == "__main__":
    main()
