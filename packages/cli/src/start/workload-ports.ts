import { createServer } from "node:net";
import { portProblem } from "./check-ports.ts";
import { wellKnownPorts } from "./well-known-ports.mjs";

/** The four ports of a workload: the application's own and its sidecar's listeners. */
export interface WorkloadPorts {
  readonly app: number;
  readonly outbound: number;
  readonly inbound: number;
  readonly admin: number;
}

const firstPort = 16_000;

/**
 * Ports that a workload has as long as they are free, so that they are the same at every start: four in a row for
 * each workload, from 16000 on, moved like the well-known ones. Starts a hundred apart never meet.
 */
export function preferredPorts(index: number, consolePort: number): WorkloadPorts {
  const first = firstPort + (consolePort - wellKnownPorts.console) + 4 * index;
  return { app: first, outbound: first + 1, inbound: first + 2, admin: first + 3 };
}

/** The preferred ports, with any free port in place of one that is taken. */
export async function availablePorts(preferred: WorkloadPorts): Promise<WorkloadPorts> {
  const [app, outbound, inbound, admin] = await Promise.all([
    availablePort(preferred.app),
    availablePort(preferred.outbound),
    availablePort(preferred.inbound),
    availablePort(preferred.admin),
  ]);
  return { app, outbound, inbound, admin };
}

async function availablePort(preferred: number): Promise<number> {
  return (await portProblem(preferred)) === undefined ? preferred : anyFreePort();
}

function anyFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: 0, host: "127.0.0.1" }, () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
