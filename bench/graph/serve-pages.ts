import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { rolldown } from "rolldown";
import type { PlacedGraph } from "./placed-graph.ts";

const pages = ["cytoscape", "react-flow"] as const;

export interface ServedPages {
  readonly url: string;
  /** What the pages draw from now on. */
  show(graph: PlacedGraph): void;
  close(): void;
}

/** Bare pages with one peer each, bundled for production: `/cytoscape`, `/react-flow`. */
export async function servePages(): Promise<ServedPages> {
  const style = createRequire(import.meta.url).resolve("@xyflow/react/dist/style.css");
  const files = new Map<string, [type: string, content: string]>([
    ["/style.css", ["text/css", readFileSync(style, "utf8")]],
  ]);
  for (const name of pages) {
    files.set(`/${name}`, ["text/html", documentOf(name)]);
    files.set(`/${name}.js`, ["text/javascript", await bundle(`${name}-page.ts`)]);
  }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://pages").pathname;
    const [type, content] = files.get(path) ?? [];
    if (content === undefined) return response.writeHead(404).end();
    return response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(content);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    show: (graph) => files.set("/graph.json", ["application/json", JSON.stringify(graph)]),
    close: () => server.close(),
  };
}

async function bundle(page: string): Promise<string> {
  const build = await rolldown({
    ...{ input: join(import.meta.dirname, "pages", page), platform: "browser", logLevel: "silent" },
    transform: { define: { "process.env.NODE_ENV": '"production"' } },
  });
  const { output } = await build.generate({ format: "esm", minify: true, codeSplitting: false });
  await build.close();
  return output[0].code;
}

function documentOf(name: string): string {
  return `<!doctype html><title>${name}</title><link rel="stylesheet" href="/style.css">
<style>html, body, #graph { height: 100%; margin: 0; background: #f5f6f9; font-family: sans-serif }</style>
<div id="graph"></div><script type="module" src="/${name}.js"></script>`;
}
