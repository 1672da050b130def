/** Somebody else turned a switch meanwhile. The code is that of a policy's stale revision: the same happened. */
class StaleSwitch extends Error {
  readonly code = "STALE_REVISION";

  constructor(subject: string, expected: string, current: string) {
    super(`${subject} was changed meanwhile: it is ${current} now, and no more ${expected}`);
    this.name = "StaleSwitch";
  }
}

type Position = string | boolean | null;

/** @throws StaleSwitch when another position is expected than there is; nothing in particular is expected by undefined. */
export function expectSwitch(subject: string, expected: Position | undefined, current: Position): void {
  if (expected !== undefined && expected !== current)
    throw new StaleSwitch(subject, positionWords(expected), positionWords(current));
}

function positionWords(position: Position): string {
  if (position === null) return "inherited";
  return typeof position === "boolean" ? (position ? "on" : "off") : position;
}
