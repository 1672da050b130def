import type { Terminal } from "./command-output.ts";

/** Control sequences of xterm, which every terminal of today knows (https://invisible-island.net/xterm/ctlseqs). */
const enter = "\u001b[?1049h\u001b[?25l\u001b[?7l";
const home = "\u001b[H";
const clearLine = "\u001b[K";
const clearBelow = "\u001b[J";
const exit = "\u001b[?7h\u001b[?25h\u001b[?1049l";

/** The terminal's other screen, on which one text takes the place of the one before; lines that are too long are cut. */
export class LiveScreen {
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    terminal.write(enter);
  }

  /** Without a blink: each line is written over the old one. */
  draw(text: string): void {
    const lines = text.split("\n").slice(0, Math.max(1, this.#terminal.rows));
    this.#terminal.write(home + lines.map((line) => line + clearLine).join("\r\n") + clearBelow);
  }

  /** Gives back the screen as it was. */
  leave(): void {
    this.#terminal.write(exit);
  }
}
