import { readFileSync } from "node:fs";
import { asNumber, asObject } from "../service/fields.ts";
import { invalidInput } from "../service/http-error.ts";
import { writeFileAtomic } from "../service/write-file-atomic.ts";

/** How a payments process misbehaves on purpose: a share of charges fails with 500, and every charge takes longer. */
export type Faults = { errorRate: number; extraMs: number };

export type FaultSwitch = { read(): Faults; set(faults: Faults): void };

const none: Faults = { errorRate: 0, extraMs: 0 };

/** Reads `{errorRate: 0..1, extraMs: 0..30000}`; what is absent is 0. @throws HttpError 400 naming the wrong field */
export function asFaults(value: unknown): Faults {
  const fields = asObject(value, "body");
  const unknown = Object.keys(fields).find((name) => !(name in none));
  if (unknown !== undefined) throw invalidInput(unknown, "is not known here: errorRate and extraMs are");
  return {
    errorRate: asNumber(fields.errorRate ?? 0, "errorRate", { min: 0, max: 1 }),
    extraMs: asNumber(fields.extraMs ?? 0, "extraMs", { min: 0, max: 30_000 }),
  };
}

/** Keeps the faults in a file, so that a restart does not heal what was asked for. An unreadable file means none. */
export function createFaultSwitch(file: string): FaultSwitch {
  let faults = load(file);
  return {
    read: () => faults,
    set(next) {
      writeFileAtomic(file, `${JSON.stringify(next)}\n`);
      faults = next;
    },
  };
}

function load(file: string): Faults {
  try {
    return asFaults(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return none;
  }
}
