import type { ScrapeJob } from "./prometheus-config.ts";
import { type Target, targetsOf } from "./target.ts";
import { type FoundTargets, TargetFiles } from "./target-files.ts";

/** All targets of the configuration and of the files that it names. */
export class TargetDiscovery {
  readonly #jobs: readonly { readonly job: ScrapeJob; readonly files: TargetFiles }[];

  constructor(jobs: readonly ScrapeJob[]) {
    this.#jobs = jobs.map((job) => ({ job, files: new TargetFiles(job.files) }));
  }

  /** Without files nothing can change. */
  get canChange(): boolean {
    return this.#jobs.some(({ job }) => job.files.length > 0);
  }

  /** In the order of the configuration. */
  async read(): Promise<FoundTargets<Target>> {
    const found = await Promise.all(
      this.#jobs.map(async ({ job, files: ofJob }) => {
        const { targets: groups, files } = await ofJob.read();
        return { files, targets: [...job.targets, ...groups].flatMap((group) => targetsOf(job, group)) };
      }),
    );
    return {
      targets: found.flatMap(({ targets }) => targets),
      files: found.flatMap(({ files }) => files),
    };
  }
}
