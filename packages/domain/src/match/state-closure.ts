import type { Instruction } from "./regex-program.ts";

/** A set of a machine's states. */
export interface StateClosure {
  /** Its `take` instructions, ascending. */
  readonly takes: readonly number[];
  /** The pattern is met here. */
  readonly met: boolean;
}

/** All states reachable without taking a character; each is looked at once, so loops of nothing end. */
export function stateClosure(program: readonly Instruction[], from: readonly number[]): StateClosure {
  const seen = new Uint8Array(program.length);
  const takes: number[] = [];
  let met = false;
  const open = [...from];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen[at] === 1) continue;
    seen[at] = 1;
    const instruction = program[at]!;
    if (instruction.op === "take") takes.push(at);
    else if (instruction.op === "met") met = true;
    else {
      open.push(instruction.to);
      if (instruction.op === "fork") open.push(instruction.or);
    }
  }
  return { takes: takes.sort((a, b) => a - b), met };
}
