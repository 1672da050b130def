import { request } from "undici";

/** Longer than a process that is well takes to say so. */
export const answerWithinMs = 1_500;

/** Does the process at this address say that it can serve (`/readyz`)? No, whatever the reason, when it does not answer. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const { statusCode, body } = await request(new URL("/readyz", url), { signal });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
}
