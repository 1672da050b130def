/** A snapshot that cannot be put in force; it is answered with a NACK. */
export class SnapshotRefused extends Error {
  readonly code = "SNAPSHOT_REFUSED";

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "SnapshotRefused";
  }
}
