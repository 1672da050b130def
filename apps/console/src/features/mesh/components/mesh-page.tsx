import { AuditPanel } from "./audit-panel.tsx";
import { CollectorPanel } from "./collector-panel.tsx";
import { ConvergencePanel } from "./convergence-panel.tsx";
import { DatabasePanel } from "./database-panel.tsx";
import { HealthPanel } from "./health-panel.tsx";
import { SidecarsPanel } from "./sidecars-panel.tsx";

/** How the mesh itself is. */
export function MeshPage() {
  return (
    <div className="mx-auto flex max-w-384 flex-col gap-4 p-3 md:p-6">
      <h1 className="font-semibold text-lg">Mesh</h1>
      <HealthPanel />
      <div className="grid gap-4 lg:grid-cols-2">
        <CollectorPanel />
        <DatabasePanel />
      </div>
      <ConvergencePanel />
      <SidecarsPanel />
      <AuditPanel />
    </div>
  );
}
