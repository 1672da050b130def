import { CharacterClasses } from "./character-classes.ts";
import { parseRegex } from "./parse-regex.ts";
import { type Instruction, regexProgram } from "./regex-program.ts";
import { type StateClosure, stateClosure } from "./state-closure.ts";

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
interface StateSet extends StateClosure {
  readonly next: (StateSet | undefined)[];
}

/** Sets remembered at most; a text that leads to more is walked without remembering. */
const maxSets = 500;

class LazyMachine {
  readonly #program: readonly Instruction[];
  readonly #classes: CharacterClasses;
  readonly #sets = new Map<string, StateSet>();
  readonly #start: StateSet;

  constructor(program: readonly Instruction[]) {
    this.#program = program;
    this.#classes = new CharacterClasses(program);
    this.#start = this.#remember(stateClosure(program, [0]));
  }

  meets(text: string): boolean {
    let state = this.#start;
    for (let i = 0; i < text.length; i++) {
      if (state.takes.length === 0) return false;
      const kind = this.#classes.of(text.charCodeAt(i));
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

  #step(state: StateSet, kind: number): StateClosure {
    const after: number[] = [];
    for (const at of state.takes) {
      const instruction = this.#program[at]!;
      if (instruction.op === "take" && this.#classes.isIn(instruction.set, kind)) after.push(at + 1);
    }
    return stateClosure(this.#program, after);
  }

  #remember(closure: StateClosure): StateSet {
    const set: StateSet = { ...closure, next: [] };
    if (this.#sets.size >= maxSets) return set;
    const key = `${set.met ? "m" : ""}${set.takes.join(",")}`;
    const known = this.#sets.get(key);
    if (known) return known;
    this.#sets.set(key, set);
    return set;
  }
}
