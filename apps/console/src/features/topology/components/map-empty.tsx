import { Waypoints } from "lucide-react";
import { EmptyState } from "../../../ui/empty-state.tsx";

const example = `weir proxy --config sidecar.yaml   # beside each service
HTTP_PROXY=http://127.0.0.1:15001  # in the service's environment`;

/** Nothing has registered and nothing was measured: how to begin. */
export function MapEmpty() {
  return (
    <EmptyState title="No service yet" icon={<Waypoints size={32} aria-hidden />}>
      <p>
        Start a sidecar beside each service and let the service call others through it. It appears here with
        its first request; until you say so, nothing is changed on its way.
      </p>
      <pre className="mt-4 overflow-x-auto rounded-md border border-line bg-sunken p-3 text-left font-mono text-text text-xs">
        {example}
      </pre>
      <p className="mt-4">
        Have OpenTelemetry already? Send it to the collector at{" "}
        <code className="font-mono text-text text-xs">http://127.0.0.1:4318</code>.
      </p>
    </EmptyState>
  );
}
