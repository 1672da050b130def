import { CharacterClasses } from "./character-classes.ts";
import { anchorsOf, parseRegex } from "./parse-regex.ts";
import { type Instruction, regexProgram } from "./regex-program.ts";
import { type StateClosure, stateClosure } from "./state-closure.ts";

/** Looks for a pattern anywhere in texts, in time linear in each. */
export interface RegexSearch {
  /** Whether some part of the text is met, be it an empty one. */
  found(text: string): boolean;
  /**
   * The text with all that belongs to any match hidden: every run of such characters becomes one `replacement`.
   * Where matches overlap or touch, nothing of either is left. The text itself when nothing is found.
   */
  mask(text: string, replacement: string): string;
}

/**
 * Compiles a pattern to be searched for. Syntax and bounds are those of `compileRegex`; `^` at its start and `$` at
 * its end speak about the whole pattern and hold it to that end of the text. Throws RegexRefused.
 */
export function compileSearch(pattern: string): RegexSearch {
  return new SearchMachine(regexProgram(parseRegex(pattern), pattern.length), anchorsOf(pattern));
}

/** States in which the machine may be before a character, whatever of the text before it the match began with. */
interface Forward extends StateClosure {
  readonly next: (Forward | undefined)[];
}

/** For each instruction, whether a match can still be completed from it with the rest of the text. */
interface Backward {
  readonly live: Uint8Array;
  readonly before: (Backward | undefined)[];
}

/** Sets remembered at most in each direction; a text that leads to more is walked without remembering. */
const maxSets = 500;

/**
 * Thompson's machine walked twice. Forwards it starts anew before every character; backwards it says from which states
 * the rest of the text completes a match. A character that takes one of the first into one of the second is part of
 * a match.
 */
class SearchMachine implements RegexSearch {
  readonly #program: readonly Instruction[];
  readonly #anchors: { readonly start: boolean; readonly end: boolean };
  readonly #classes: CharacterClasses;
  /** For each instruction, those that lead to it without taking a character. */
  readonly #origins: readonly (readonly number[])[];
  readonly #forward = new Map<string, Forward>();
  readonly #backward = new Map<string, Backward>();
  readonly #first: Forward;
  /** Behind the last character. */
  readonly #last: Backward;

  constructor(program: readonly Instruction[], anchors: { readonly start: boolean; readonly end: boolean }) {
    this.#program = program;
    this.#anchors = anchors;
    this.#classes = new CharacterClasses(program);
    this.#origins = originsOf(program);
    this.#first = this.#rememberForward(stateClosure(program, [0]));
    this.#last = this.#rememberBackward(this.#complete([], true));
  }

  found(text: string): boolean {
    let state = this.#first;
    for (let i = 0; i < text.length; i++) {
      if (state.met && !this.#anchors.end) return true;
      if (state.takes.length === 0 && this.#anchors.start) return false;
      state = this.#after(state, this.#classes.of(text.charCodeAt(i)));
    }
    return state.met;
  }

  mask(text: string, replacement: string): string {
    if (!this.found(text)) return text;
    const states = this.#walk(text);
    let rest = this.#last;
    let masked = "";
    let end = text.length;
    let covered = false;
    for (let i = text.length - 1; i >= 0; i--) {
      const kind = this.#classes.of(text.charCodeAt(i));
      if (this.#isPart(states[i]!, kind, rest) !== covered) {
        masked = covered ? replacement + masked : text.slice(i + 1, end) + masked;
        covered = !covered;
        end = i + 1;
      }
      rest = this.#earlier(rest, kind);
    }
    return covered ? replacement + masked : text.slice(0, end) + masked;
  }

  #walk(text: string): Forward[] {
    const states = [this.#first];
    for (let i = 0; i < text.length - 1; i++)
      states.push(this.#after(states[i]!, this.#classes.of(text.charCodeAt(i))));
    return states;
  }

  /** Whether some match takes this character. */
  #isPart(state: Forward, kind: number, rest: Backward): boolean {
    for (const at of state.takes) if (rest.live[at + 1] === 1 && this.#takes(at, kind)) return true;
    return false;
  }

  #after(state: Forward, kind: number): Forward {
    const known = state.next[kind];
    if (known) return known;
    const from = state.takes.filter((at) => this.#takes(at, kind)).map((at) => at + 1);
    const next = this.#rememberForward(
      stateClosure(this.#program, this.#anchors.start ? from : [0, ...from]),
    );
    // Not linked when it was not remembered, so that memory stays bounded whatever texts come.
    if (this.#forward.size < maxSets) state.next[kind] = next;
    return next;
  }

  #earlier(rest: Backward, kind: number): Backward {
    const known = rest.before[kind];
    if (known) return known;
    const live: number[] = [];
    for (let at = 0; at < this.#program.length; at++)
      if (rest.live[at + 1] === 1 && this.#takes(at, kind)) live.push(at);
    const before = this.#rememberBackward(this.#complete(live, !this.#anchors.end));
    if (this.#backward.size < maxSets) rest.before[kind] = before;
    return before;
  }

  /** The instructions given, the end of the pattern where a match may end here, and all that lead to these. */
  #complete(live: readonly number[], mayEnd: boolean): Uint8Array {
    const seen = new Uint8Array(this.#program.length);
    const open = mayEnd ? [...live, this.#program.length - 1] : [...live];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen[at] === 1) continue;
      seen[at] = 1;
      open.push(...this.#origins[at]!);
    }
    return seen;
  }

  #takes(at: number, kind: number): boolean {
    const instruction = this.#program[at]!;
    return instruction.op === "take" && this.#classes.isIn(instruction.set, kind);
  }

  #rememberForward(closure: StateClosure): Forward {
    return remembered(this.#forward, `${closure.met ? "m" : ""}${closure.takes.join(",")}`, () => ({
      ...closure,
      next: [],
    }));
  }

  #rememberBackward(live: Uint8Array): Backward {
    return remembered(this.#backward, live.join(""), () => ({ live, before: [] }));
  }
}

function remembered<S>(sets: Map<string, S>, key: string, make: () => S): S {
  const known = sets.get(key);
  if (known) return known;
  const set = make();
  if (sets.size < maxSets) sets.set(key, set);
  return set;
}

function originsOf(program: readonly Instruction[]): number[][] {
  const origins: number[][] = program.map(() => []);
  program.forEach((instruction, at) => {
    if (instruction.op === "jump" || instruction.op === "fork") origins[instruction.to]!.push(at);
    if (instruction.op === "fork") origins[instruction.or]!.push(at);
  });
  return origins;
}
