import { readFile } from "node:fs/promises";

/** A file of certificates or keys cannot be read, or is none. */
export class TlsFileInvalid extends Error {
  readonly code = "TLS_FILE_INVALID";

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "TlsFileInvalid";
  }
}

/** The text of a PEM file. Rejects with TlsFileInvalid; `what` names it in the message. */
export async function readPem(what: string, file: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(file, "latin1");
  } catch (cause) {
    throw new TlsFileInvalid(`cannot read ${what} from ${file}: ${String(cause)}`, cause);
  }
  if (!text.includes("-----BEGIN ")) throw new TlsFileInvalid(`${what} in ${file} is not in PEM`);
  return text;
}
