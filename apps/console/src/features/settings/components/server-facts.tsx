import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "../../../server/router.ts";
import { formatBytes } from "../../../ui/format/numbers.ts";
import { retentionWords } from "../view-model/retention-words.ts";

type Facts = inferRouterOutputs<AppRouter>["settings"]["facts"];

/** What runs, where, and for how long what is kept. */
export function ServerFacts({ facts }: { facts: Facts }) {
  const { versions, collector } = facts;
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <FactList
        title="What runs"
        facts={[
          ["Weir", versions.weir],
          ["Node", versions.node],
          ["Postgres", versions.postgres],
          ["Collector", facts.collectorUrl],
          ["Controller", facts.controllerUrl],
          ["Changes are made by", facts.author],
        ]}
      />
      {collector === null ? (
        <p className="text-muted">
          The collector does not answer; how long telemetry is kept, and its limits, cannot be told now.
        </p>
      ) : (
        <div className="flex flex-col gap-6">
          <FactList
            title="How long telemetry is kept"
            facts={retentionWords(collector.retentionHours).map(({ kind, kept }) => [kind, kept])}
          />
          <FactList
            title="Limits"
            facts={[
              ["Longest window", `${facts.maxWindowMs / 86_400_000} days`],
              ["Collector’s memory", formatBytes(collector.memoryLimitBytes)],
              [
                "Spool while the database is away",
                collector.spoolMaxBytes === undefined ? "none" : formatBytes(collector.spoolMaxBytes),
              ],
            ]}
          />
        </div>
      )}
    </div>
  );
}

interface FactListProps {
  readonly title: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
}

function FactList({ title, facts }: FactListProps) {
  return (
    <section>
      <h3 className="mb-2 font-medium text-faint text-xs">{title}</h3>
      <dl className="flex flex-col gap-1.5">
        {facts.map(([name, value]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
