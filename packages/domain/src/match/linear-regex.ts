import type { CharacterSet } from "./character-set.ts";
import { parseRegex } from "./parse-regex.ts";
import { type Instruction, regexProgram } from "./regex-program.ts";

/** Whether a pattern meets the whole of a text. */
export type RegexTest = (text: string) => boolean;

/**
 * Compiles a pattern so that its cost is linear in the text, whatever the text: Thompson's machine, its sets of
 * states remembered as a deterministic one as they are met (Cox, "Regular Expression Matching Can Be Simple And
 * Fast"). The whole text must match, as with `^(?:…)$`. Throws RegexRefused.
 */
export function compileRegex(pattern: string): RegexTest {
  const machine = new LazyMachine(regexProgram(parseRegex(pattern), pattern.length));
  return (text) => machine.meets(text);
}

/** A set of the machine's states, and where each class of characters leads from it. */
interface StateSet {
  readonly takes: readonly number[];
  readonly met: boolean;
  readonly next: (StateSet | undefined)[];
}

/** Sets remembered at most; a text that leads to more is walked without remembering. */
const maxSets = 500;

class LazyMachine {
  readonly #program: readonly Instruction[];
  /** Code units at which the answer of some instruction changes: between two of them all characters are alike. */
  readonly #borders: readonly number[];
  readonly #asciiClasses: Uint16Array;
  /** For each set of characters, whether it has each class; instructions of a written-out repetition share it. */
  readonly #members = new Map<CharacterSet, Uint8Array>();
  readonly #sets = new Map<string, StateSet>();
  readonly #start: StateSet;

  constructor(program: readonly Instruction[]) {
    this.#program = program;
    const borders = new Set<number>([0]);
    for (const instruction of program) {
      if (instruction.op !== "take") continue;
      for (const [first, last] of instruction.set) borders.add(first).add(last + 1);
    }
    this.#borders = [...borders].sort((a, b) => a - b);
    this.#asciiClasses = Uint16Array.from({ length: 128 }, (_, code) => this.#classBySearch(code));
    for (const instruction of program)
      if (instruction.op === "take" && !this.#members.has(instruction.set))
        this.#members.set(instruction.set, this.#membersOf(instruction.set));
    this.#start = this.#remember(this.#closure([0]));
  }

  meets(text: string): boolean {
    let state = this.#start;
    for (let i = 0; i < text.length; i++) {
      if (state.takes.length === 0) return false;
      const kind = this.#classOf(text.charCodeAt(i));
      let next = state.next[kind];
      if (next === undefined) {
        next = this.#remember(this.#step(state, kind));
        // Not linked when it was not remembered, so that memory stays bounded whatever texts come.
        if (this.#sets.size < maxSets) state.next[kind] = next;
      }
      state = next;
    }
    return state.met;
  }

  #step(state: StateSet, kind: number): StateSet {
    const after: number[] = [];
    for (const at of state.takes) {
      const instruction = this.#program[at]!;
      if (instruction.op === "take" && this.#members.get(instruction.set)![kind] === 1) after.push(at + 1);
    }
    return this.#closure(after);
  }

  #membersOf(set: CharacterSet): Uint8Array {
    return Uint8Array.from(this.#borders, (code) =>
      set.some(([first, last]) => first <= code && code <= last) ? 1 : 0,
    );
  }

  /** All states reachable without taking a character; each is looked at once, so loops of nothing end. */
  #closure(from: readonly number[]): StateSet {
    const seen = new Uint8Array(this.#program.length);
    const takes: number[] = [];
    let met = false;
    const open = [...from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen[at] === 1) continue;
      seen[at] = 1;
      const instruction = this.#program[at]!;
      if (instruction.op === "take") takes.push(at);
      else if (instruction.op === "met") met = true;
      else {
        open.push(instruction.to);
        if (instruction.op === "fork") open.push(instruction.or);
      }
    }
    return { takes: takes.sort((a, b) => a - b), met, next: [] };
  }

  #remember(set: StateSet): StateSet {
    if (this.#sets.size >= maxSets) return set;
    const key = `${set.met ? "m" : ""}${set.takes.join(",")}`;
    const known = this.#sets.get(key);
    if (known) return known;
    this.#sets.set(key, set);
    return set;
  }

  #classOf(code: number): number {
    return code < 128 ? this.#asciiClasses[code]! : this.#classBySearch(code);
  }

  #classBySearch(code: number): number {
    let low = 0;
    let high = this.#borders.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#borders[middle]! <= code) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
