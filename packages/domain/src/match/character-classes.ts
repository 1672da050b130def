import type { CharacterSet } from "./character-set.ts";
import type { Instruction } from "./regex-program.ts";

/**
 * The classes of characters that a program can tell apart: between two borders at which the answer of some
 * instruction changes, all are alike. A step by class is an array read, whatever the sets look like.
 */
export class CharacterClasses {
  /** First code unit of each class, in order. */
  readonly #borders: readonly number[];
  readonly #ascii: Uint16Array;
  /** For each set, whether it has each class; instructions of a written-out repetition share it. */
  readonly #members = new Map<CharacterSet, Uint8Array>();

  constructor(program: readonly Instruction[]) {
    const borders = new Set<number>([0]);
    for (const instruction of program) {
      if (instruction.op !== "take") continue;
      for (const [first, last] of instruction.set) borders.add(first).add(last + 1);
    }
    this.#borders = [...borders].sort((a, b) => a - b);
    this.#ascii = Uint16Array.from({ length: 128 }, (_, code) => this.#bySearch(code));
    for (const instruction of program)
      if (instruction.op === "take" && !this.#members.has(instruction.set))
        this.#members.set(instruction.set, this.#membersOf(instruction.set));
  }

  /** Number of the class of a UTF-16 code unit. */
  of(code: number): number {
    return code < 128 ? this.#ascii[code]! : this.#bySearch(code);
  }

  /** Whether a set of the program has a class. */
  isIn(set: CharacterSet, number: number): boolean {
    return this.#members.get(set)![number] === 1;
  }

  #membersOf(set: CharacterSet): Uint8Array {
    return Uint8Array.from(this.#borders, (code) =>
      set.some(([first, last]) => first <= code && code <= last) ? 1 : 0,
    );
  }

  #bySearch(code: number): number {
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
