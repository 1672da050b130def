import { Listr, type ListrTask, PRESET_TIMER } from "listr2";
import type { StartSettings } from "./start-settings.ts";
import type { WholeStart } from "./whole-start.ts";

const rendererOptions = {
  timer: PRESET_TIMER,
  showErrorMessage: false,
  collapseErrors: false,
  collapseSubtasks: false,
};

/** The steps in order, those side by side that do not need each other. */
export function startSteps(start: WholeStart, settings: StartSettings, plain: boolean) {
  const steps: ListrTask[] = [
    {
      title: "Database client",
      task: async (_, task) => {
        const { generated } = await start.generate();
        task.title = generated ? "Database client generated" : "Database client is up to date";
      },
    },
    {
      title: "Database and console",
      task: (_, task) =>
        task.newListr([database(start, settings), consoleBuild(start)], { concurrent: true }),
    },
    {
      title: "Weir",
      task: (_, task) =>
        task.newListr(
          [
            { title: `Collector on port ${settings.ports.otlpHttp}`, task: () => start.collector() },
            { title: `Controller on port ${settings.ports.controller}`, task: () => start.controller() },
            { title: `Console on port ${settings.ports.console}`, task: () => start.console() },
          ],
          { concurrent: true },
        ),
    },
    ...(settings.demo ? shopSteps(start) : []),
  ];
  return new Listr(steps, {
    concurrent: false,
    exitOnError: true,
    registerSignalListeners: false,
    renderer: plain ? "simple" : "default",
    rendererOptions,
    fallbackRenderer: "simple",
    fallbackRendererOptions: { timer: PRESET_TIMER },
  });
}

function database(start: WholeStart, settings: StartSettings): ListrTask {
  const place = settings.databaseUrl
    ? "given by its address"
    : `embedded, on port ${settings.ports.postgres}`;
  return {
    title: `Postgres, ${place}`,
    task: async (_, task) => {
      await start.postgres();
      const { applied } = await start.migrate();
      const changes = applied.length === 1 ? "1 migration" : `${applied.length} migrations`;
      task.title = `Postgres, ${place}; ${applied.length > 0 ? `${changes} applied` : "schema up to date"}`;
    },
  };
}

function consoleBuild(start: WholeStart): ListrTask {
  return {
    title: "Building the console",
    task: async (_, task) => {
      task.title = (await start.buildConsole()) ? "Console built" : "Console build is up to date";
    },
  };
}

function shopSteps(start: WholeStart): ListrTask[] {
  return [
    {
      title: "Shop and its sidecars",
      task: async (_, task) => {
        const title = task.title;
        await start.shop((ready, all) => {
          task.title = `${title}: ${ready} of ${all} processes serve`;
        });
      },
    },
    {
      title: "First traffic on the map",
      task: async (_, task) => {
        const { edges } = await start.awaitTraffic();
        task.title = `First traffic on the map: ${edges} edges`;
      },
    },
  ];
}
