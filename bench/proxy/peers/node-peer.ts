import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nextMessage } from "../../shared/children.ts";
import type { Peer } from "./peer.ts";

const packages = join(import.meta.dirname, "../../../node_modules");

/** A proxy that is a package of npm, run on this Node by a module that takes the upstream's port as its argument. */
export function nodePeer(name: string, module: URL): Peer {
  return {
    name: name.replace("@fastify/", "fastify-"),
    describe() {
      try {
        const { version } = JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")) as {
          version: string;
        };
        return `${name} ${version}: one process, keep-alive to the upstream, no access log`;
      } catch {
        return undefined;
      }
    },
    async start({ upstreams, children }) {
      const child = children.fork(module, [String(upstreams.http1)]);
      const port = await nextMessage<number>(child);
      return {
        pid: child.pid ?? 0,
        targets: { http1: { port, host: "backend" } },
        lagMs: 0,
        stop: () => children.stop(child),
      };
    },
  };
}
