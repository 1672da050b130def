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
    const response = await fetch(new URL("/readyz", url), { signal: AbortSignal.timeout(answerWithinMs) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false; // whatever the reason, it does not answer
  }
}
