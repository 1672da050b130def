/** An exposition that is not valid; nothing of it counts. One sentence. */
export class MalformedExposition extends Error {
  readonly code = "MALFORMED_EXPOSITION";

  constructor(line: number, reason: string, options?: ErrorOptions) {
    super(`line ${line}: ${reason}`, options);
    this.name = "MalformedExposition";
  }
}
