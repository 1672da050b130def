import type { CommandOutput, Tone } from "./command-output.ts";
import { printable } from "./console-api.ts";
import type { Finding } from "./mesh-status.ts";

const signs: Readonly<Record<Finding["state"], readonly [sign: string, tone: Tone]>> = {
  ok: ["✔", "good"],
  warning: ["‼", "poor"],
  failed: ["✖", "bad"],
  unknown: ["?", "faint"],
};

/** A line each, and below it what to do. */
export function renderFindings(
  findings: readonly Finding[],
  paint: Required<CommandOutput>["paint"],
): string {
  return findings
    .map(({ id, state, says, hint }) => {
      const [sign, tone] = signs[state];
      const line = `${paint(tone, sign)} ${id}: ${printable(says)}`;
      return hint === null ? line : `${line}\n    ${paint("faint", printable(hint))}`;
    })
    .join("\n");
}
