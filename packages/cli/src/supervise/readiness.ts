import { request } from "undici";

/** Whether an address answers 200 within a second. Never throws: anything else is "not yet". */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url, { reset: true, signal: AbortSignal.timeout(1000) });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false; // refused, silent or broken: it does not serve yet
  }
}
