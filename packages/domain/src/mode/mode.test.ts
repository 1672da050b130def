import { expect, test } from "vitest";
import { Mode, type ModeSources, resolveMode } from "./mode.ts";

const o = "observe" as const;
const e = "enforce" as const;
const _ = undefined;

test.each`
  hold     | mesh | namespace | service | policy | mode | origin
  ${false} | ${o} | ${_}      | ${_}    | ${_}   | ${o} | ${"mesh"}
  ${false} | ${e} | ${_}      | ${_}    | ${_}   | ${e} | ${"mesh"}
  ${false} | ${o} | ${e}      | ${_}    | ${_}   | ${e} | ${"namespace"}
  ${false} | ${e} | ${o}      | ${_}    | ${_}   | ${o} | ${"namespace"}
  ${false} | ${o} | ${o}      | ${e}    | ${_}   | ${e} | ${"service"}
  ${false} | ${e} | ${e}      | ${o}    | ${_}   | ${o} | ${"service"}
  ${false} | ${o} | ${o}      | ${o}    | ${e}   | ${e} | ${"policy"}
  ${false} | ${e} | ${e}      | ${e}    | ${o}   | ${o} | ${"policy"}
  ${false} | ${o} | ${_}      | ${_}    | ${e}   | ${e} | ${"policy"}
  ${true}  | ${e} | ${e}      | ${e}    | ${e}   | ${o} | ${"hold"}
  ${true}  | ${o} | ${_}      | ${_}    | ${_}   | ${o} | ${"hold"}
`("hold=$hold mesh=$mesh namespace=$namespace service=$service policy=$policy is $mode by $origin", (row) => {
  const { mode, origin, ...sources } = row as ModeSources & { mode: Mode; origin: string };
  expect(resolveMode(sources)).toEqual({ mode, origin });
});

test("a mode is observe or enforce and nothing else", () => {
  expect(Mode.safeParse("observe").success).toBe(true);
  expect(Mode.safeParse("Enforce").success).toBe(false);
  expect(Mode.safeParse("off").success).toBe(false);
});
