#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Starts the window with its sample and walks what AT-SPI shows of it.

Prints a line for each thing that can be focused or is shown, and ends with 1 where something that takes the
focus has no name or no role.
"""
import os
import subprocess
import sys
import time

import pyatspi

INTERESTING = {
    "push button", "toggle button", "check box", "radio button", "combo box", "text", "entry", "spin button",
    "table", "tree", "tree table", "list", "page tab", "menu item", "menu", "check menu item", "progress bar",
}
DEADLINE = 60  # seconds


def application(process):
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end and process.poll() is None:
        desktop = pyatspi.Registry.getDesktop(0)
        for child in desktop:
            if child is not None and child.get_process_id() == process.pid and child.childCount > 0:
                return child
        time.sleep(0.2)
    return None


def walk(node, depth, seen, flaws):
    if node is None or depth > 40:
        return
    role = node.getRoleName()
    states = node.getState()
    focusable = states.contains(pyatspi.STATE_FOCUSABLE) and states.contains(pyatspi.STATE_SHOWING)
    if role in INTERESTING or focusable:
        seen[role] = seen.get(role, 0) + 1
        print(f"{'  ' * depth}{role}: {node.name!r} {node.description!r}"[:160])
        if focusable and role not in ("table cell", "filler", "page tab list", "menu bar") and not node.name.strip():
            flaws.append(f"{role} without a name below {node.parent.name!r}")
        if focusable and role in ("unknown", "invalid"):
            flaws.append(f"{node.name!r} has no role")
    # Of long tables a beginning tells enough.
    for index in range(min(node.childCount, 60)):
        walk(node.getChildAtIndex(index), depth + 1, seen, flaws)


def main():
    process = subprocess.Popen([sys.argv[1]], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=dict(os.environ))
    try:
        found = application(process)
        if found is None:
            print("atspi: the window was not seen on the bus", file=sys.stderr)
            return 1
        seen, flaws = {}, []
        walk(found, 0, seen, flaws)
    finally:
        process.terminate()
        process.wait()
    print("\nseen:", ", ".join(f"{count} {role}" for role, count in sorted(seen.items())))
    for flaw in sorted(set(flaws)):
        print("flaw:", flaw)
    return 1 if flaws or not seen else 0


sys.exit(main())
