import { request } from "undici";
import { publicProcedure } from "../trpc.ts";

const answerWithinMs = 1_500;

/** Whether the collector and the controller answer, asked for by the console's server. */
export const processes = publicProcedure.query(async ({ ctx }) => {
  const asked = [
    { name: "collector", url: ctx.settings.collectorUrl },
    { name: "controller", url: ctx.settings.controllerUrl },
  ];
  return Promise.all(asked.map(async ({ name, url }) => ({ name, url, ready: await isReady(url) })));
});

async function isReady(url: string): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs);
    const { statusCode, body } = await request(new URL("/readyz", url), { signal });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false; // whatever the reason, it does not answer
  }
}
