import type { CharacterSet } from "./character-set.ts";
import { type RegexNode, RegexRefused } from "./parse-regex.ts";

/** One state of Thompson's machine. */
export type Instruction =
  | { readonly op: "take"; readonly set: CharacterSet }
  | { readonly op: "fork"; readonly to: number; readonly or: number }
  | { readonly op: "jump"; readonly to: number }
  | { readonly op: "met" };

/** A repetition is written out as often as it counts, so the number of states is what a pattern costs. */
export const maxInstructions = 1000;

/**
 * A pattern's tree as a machine of states (Thompson, 1968). Throws RegexRefused when it would have more than
 * {@link maxInstructions}.
 */
export function regexProgram(root: RegexNode, length: number): readonly Instruction[] {
  const program: Instruction[] = [];
  let steps = 0;
  emit(root);
  program.push({ op: "met" });
  return program;

  function emit(node: RegexNode): void {
    // Nodes count as well as instructions: an empty group repeated a thousand times a thousand has none.
    if (++steps > 4 * maxInstructions || program.length > maxInstructions)
      throw new RegexRefused(`needs more than ${maxInstructions} states; repeat less`, length);
    switch (node.kind) {
      case "set":
        program.push({ op: "take", set: node.set });
        return;
      case "sequence":
        node.parts.forEach(emit);
        return;
      case "either":
        emitEither(node.options);
        return;
      case "repeat":
        emitRepeat(node.of, node.min, node.max);
    }
  }

  function emitEither(options: readonly RegexNode[]): void {
    const jumps: number[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        emit(option);
        return;
      }
      const fork = reserve();
      emit(option);
      jumps.push(reserve());
      program[fork] = { op: "fork", to: fork + 1, or: program.length };
    });
    for (const jump of jumps) program[jump] = { op: "jump", to: program.length };
  }

  function emitRepeat(of: RegexNode, min: number, max: number): void {
    for (let i = 0; i < min; i++) emit(of);
    if (max === Number.POSITIVE_INFINITY) {
      const fork = reserve();
      emit(of);
      program.push({ op: "jump", to: fork });
      program[fork] = { op: "fork", to: fork + 1, or: program.length };
      return;
    }
    const forks: number[] = [];
    for (let i = min; i < max; i++) {
      forks.push(reserve());
      emit(of);
    }
    for (const fork of forks) program[fork] = { op: "fork", to: fork + 1, or: program.length };
  }

  function reserve(): number {
    return program.push({ op: "met" }) - 1;
  }
}
