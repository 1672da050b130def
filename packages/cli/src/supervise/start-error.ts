/** A start that cannot go on. The message is one sentence for the person who typed the command. */
export class StartError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "StartError";
    this.code = code;
  }
}

/** Whether an error, or what a process wrote before it died, says that a disk is full. */
export function saysDiskFull(text: string): boolean {
  return /ENOSPC|EDQUOT|No space left on device|Disk quota exceeded|could not (write|extend) .*: No space/i.test(
    text,
  );
}

export function diskFull(place: string, cause?: unknown): StartError {
  return new StartError(
    "DISK_FULL",
    `the disk that holds ${place} is full; free some space there, or choose another place with -- --data-dir DIR`,
    { cause },
  );
}
