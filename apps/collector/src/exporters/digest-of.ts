import { createHash } from "node:crypto";
import type { OtlpRequest } from "../intake.ts";

/** SHA-256 of the signal and the body: what makes a resend known. Identical bodies are one request. */
export function digestOf({ signal, body }: OtlpRequest): Uint8Array {
  return createHash("sha256").update(`${signal}\n`).update(body).digest();
}
