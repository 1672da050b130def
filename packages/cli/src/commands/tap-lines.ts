import { serviceIdText } from "@weir/domain";
import type { CommandOutput, Tone } from "./command-output.ts";
import { printable } from "./console-api.ts";
import { durationText } from "./quantity-text.ts";
import { widthOf } from "./render-table.ts";
import type { TappedRequest } from "./tap.ts";

/** No column but the last gets wider. */
const widest = 40;

/** Requests as lines of a table that has no end: a column is as wide as its widest cell so far. */
export class TapLines {
  readonly #paint: Required<CommandOutput>["paint"];
  readonly #widths: number[] = [12, 6, 7, 16, 22, 36, 0];

  constructor(paint: Required<CommandOutput>["paint"]) {
    this.#paint = paint;
  }

  heading(): string {
    return this.#row(["TIME", "STATUS", "TOOK", "FROM", "TO", "REQUEST", "DECISIONS"]);
  }

  line({ at, source, destination, method, path, status, flag, seconds, decisions }: TappedRequest): string {
    const statusText = `${status === 0 ? "none" : status}${flag === "" ? "" : ` ${printable(flag)}`}`;
    return this.#row([
      at.slice(11, 23),
      this.#paint(toneOf(status), statusText),
      durationText(seconds),
      printable(idOf(source)),
      printable(`${idOf(destination)} ${destination.version}`.trimEnd()),
      printable(`${method} ${path}`),
      decisions.flatMap(decisionText).join(", "),
    ]);
  }

  #row(cells: readonly string[]): string {
    const padded = cells.map((cell, column) => {
      const width = Math.max(this.#widths[column] ?? 0, Math.min(widest, widthOf(cell)));
      this.#widths[column] = width;
      return cell + " ".repeat(Math.max(0, width - widthOf(cell)));
    });
    return padded.join("  ").trimEnd();
  }
}

/** As `--source` and `--destination` take it. */
function idOf({ namespace, name }: TappedRequest["source"]): string {
  return serviceIdText({ namespace, service: name });
}

function toneOf(status: number): Tone {
  if (status === 0 || status >= 500) return "bad";
  return status >= 400 ? "poor" : "good";
}

function decisionText({ policy, acted, wouldAct }: TappedRequest["decisions"][number]): string[] {
  if (!acted && !wouldAct) return [];
  return [`${printable(policy)} ${acted ? "acted" : "would have acted"}`];
}
