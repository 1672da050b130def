import type { Logger } from "@weir/telemetry/process";

/** Says once that something fails, once why it fails otherwise, and once that it does no more. */
export class FaultLog {
  readonly #log: Logger;
  readonly #faults = new Map<string, string>();

  constructor(log: Logger) {
    this.#log = log;
  }

  /** `reason` undefined: all is well. */
  note(subject: string, reason: string | undefined): void {
    const before = this.#faults.get(subject);
    if (reason === before) return;
    if (reason === undefined) {
      this.#faults.delete(subject);
      this.#log.info({ subject }, "scraping: good again");
    } else {
      this.#faults.set(subject, reason);
      this.#log.warn({ subject, reason }, "scraping: failed");
    }
  }

  /** Of all subjects that there are; others are forgotten. */
  noteAll(all: readonly { readonly subject: string; readonly reason: string | undefined }[]): void {
    for (const { subject, reason } of all) this.note(subject, reason);
    const subjects = new Set(all.map(({ subject }) => subject));
    for (const subject of this.#faults.keys()) if (!subjects.has(subject)) this.#faults.delete(subject);
  }
}
