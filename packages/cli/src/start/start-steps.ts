import { Listr, type ListrTask, PRESET_TIMER } from "listr2";
import type { StartSettings } from "./start-settings.ts";
import type { WholeStart } from "./whole-start.ts";

/** A step with its title; `retitle` says how it stands, or what came of it. */
type Step = (title: string, work: (retitle: (title: string) => void) => Promise<void>) => ListrTask;

const rendererOptions = {
  timer: PRESET_TIMER,
  showErrorMessage: false,
  collapseErrors: false,
  collapseSubtasks: false,
};

/**
 * Runs all steps of a start and shows how they go, those side by side that do not need each
 * other. When one fails, everything is stopped and what the first to fail threw is thrown.
 *
 * @param plain a line for each change, for logs and for terminals that cannot move the cursor
 */
export async function runStartSteps(
  start: WholeStart,
  settings: StartSettings,
  plain: boolean,
): Promise<void> {
  const failures: unknown[] = [];
  const running = new Set<Promise<void>>();
  const step: Step = (title, work) => ({
    title,
    task: async (_, task) => {
      const done = work((newTitle) => {
        task.title = newTitle;
      });
      running.add(done);
      try {
        await done;
      } catch (error) {
        const reason = start.stopping ? "given up" : "see below";
        failures.push(error);
        throw new Error(reason); // the sentence itself comes last, where people look
      }
    },
  });
  const group = (title: string, steps: ListrTask[]): ListrTask => ({
    title,
    task: (_, task) => task.newListr(steps, { concurrent: true }),
  });
  const list = new Listr(
    [
      generateStep(step, start),
      group("Database and programs", [
        databaseStep(step, start, settings),
        buildStep(step, start),
        warmUpStep(step, start),
      ]),
      group("Weir", ownSteps(step, start, settings)),
      ...(settings.demo ? shopSteps(step, start, settings) : []),
    ],
    {
      registerSignalListeners: false,
      renderer: plain ? "simple" : "default",
      rendererOptions,
      fallbackRenderer: "simple",
      fallbackRendererOptions: { timer: PRESET_TIMER },
    },
  );
  await list.run().catch(async (error: unknown) => {
    await start.stop();
    await Promise.allSettled(running);
    throw failures[0] ?? error;
  });
}

function generateStep(step: Step, start: WholeStart): ListrTask {
  return step("Database client", async (retitle) => {
    const { generated } = await start.generate();
    retitle(generated ? "Database client generated" : "Database client is up to date");
  });
}

function databaseStep(step: Step, start: WholeStart, { databaseUrl, ports }: StartSettings): ListrTask {
  const title = databaseUrl
    ? "Postgres, given by its address"
    : `Postgres, embedded, on port ${ports.postgres}`;
  return step(title, async (retitle) => {
    await start.postgres();
    const { applied } = await start.migrate();
    const changes = applied.length === 1 ? "1 migration" : `${applied.length} migrations`;
    retitle(`${title}; ${applied.length > 0 ? `${changes} applied` : "schema up to date"}`);
  });
}

function buildStep(step: Step, start: WholeStart): ListrTask {
  return step("Console build", async (retitle) => {
    retitle((await start.buildConsole()) ? "Console built" : "Console build is up to date");
  });
}

function warmUpStep(step: Step, start: WholeStart): ListrTask {
  return step("Programs", async (retitle) => {
    retitle((await start.warmUp()) ? "Programs compiled" : "Programs are up to date");
  });
}

function ownSteps(step: Step, start: WholeStart, { ports }: StartSettings): ListrTask[] {
  return [
    step(`Collector on port ${ports.otlpHttp}`, () => start.collector()),
    step(`Controller on port ${ports.controller}`, () => start.controller()),
    step(`Console on port ${ports.console}`, () => start.console()),
  ];
}

function shopSteps(step: Step, start: WholeStart, { dataDir }: StartSettings): ListrTask[] {
  return [
    step("Shop and its sidecars", (retitle) =>
      start.shop((ready, all) => retitle(`Shop and its sidecars: ${ready} of ${all} processes serve`)),
    ),
    step("First traffic on the map", async (retitle) => {
      const { seen } = await start.awaitTraffic();
      if (!seen)
        retitle(
          `No traffic reached the map within a minute; collector.log and loadgen.log in ${dataDir.logs} may say why`,
        );
    }),
  ];
}
