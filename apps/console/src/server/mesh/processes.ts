import { publicProcedure } from "../trpc.ts";
import { isReady } from "./is-ready.ts";

/** Whether the collector and the controller answer, asked for by the console's server. */
export const processes = publicProcedure.query(async ({ ctx }) => {
  const asked = [
    { name: "collector", url: ctx.settings.collectorUrl },
    { name: "controller", url: ctx.settings.controllerUrl },
  ];
  return Promise.all(asked.map(async ({ name, url }) => ({ name, url, ready: await isReady(url) })));
});
