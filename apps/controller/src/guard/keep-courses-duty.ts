import { type ConfigStore, coursesToKeep, keepCourse, type Sql } from "@weir/store";
import type { Duty } from "../duties/duty.ts";
import { failTogether } from "../duties/fail-together.ts";

export interface KeepCoursesSettings {
  readonly store: Pick<ConfigStore, "getEnforcement">;
  readonly sql: Sql;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** In one run. */
const most = 1_000;

/**
 * Keeps what enforcements did over time once their watch is over, whoever ended it: the counts that it is drawn from are not kept for
 * long. Whoever is ended meanwhile leaves it to the next.
 */
export function keepCoursesDuty({ store, sql, now }: KeepCoursesSettings): Duty {
  return {
    name: "courses",
    everyMs: 10_000,
    async run(signal) {
      const failures: Error[] = [];
      for (const id of await coursesToKeep(sql, now(), most)) {
        if (signal.aborted) return;
        // One that cannot be read, or drawn, keeps no other from being kept.
        await keep(id).catch((cause: unknown) => {
          const why = cause instanceof Error ? cause.message : String(cause);
          failures.push(new Error(`course of enforcement ${id}: ${why}`, { cause }));
        });
      }
      failTogether(failures);
    },
  };

  async function keep(id: number): Promise<void> {
    const stored = await store.getEnforcement(id);
    if (stored) await keepCourse(sql, stored, now());
  }
}
