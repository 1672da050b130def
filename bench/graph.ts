import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "@playwright/test";
import { type Drawer, readGraphOptions } from "./graph/options.ts";
import { placeMesh } from "./graph/placed-graph.ts";
import { printHeadings, printSize, printVisit, targetsOf } from "./graph/report.ts";
import { type ServedPages, servePages } from "./graph/serve-pages.ts";
import { type MeshSize, type StoredMesh, storeMesh } from "./graph/store-mesh.ts";
import { type Visit, type Visited, visit } from "./graph/visit.ts";
import { Children } from "./shared/children.ts";
import { withMachineShare } from "./shared/machine-share.ts";
import { resultLine } from "./shared/result-line.ts";
import { serveConsole } from "./shared/serve-console.ts";
import { startDatabase } from "./shared/start-database.ts";
import { printTargets } from "./shared/targets.ts";

/**
 * How long the map of a large mesh takes from navigation until it is drawn, how it pans and zooms, and what newer numbers cost, in
 * Chromium against the built console (`npm start` builds it); and the same gestures on the same graph drawn by its
 * peers. Every visit is a new browser profile. Linux only.
 */
const { sizes, drawers } = readGraphOptions(process.argv.slice(2));
const systemChromium = "/usr/bin/chromium";
const { devDependencies } = JSON.parse(readFileSync(join(import.meta.dirname, "../package.json"), "utf8"));

const pages = await servePages();
const browser = await chromium.launch({
  ...(existsSync(systemChromium) ? { executablePath: systemChromium } : {}),
  args: ["--no-sandbox", "--disable-background-networking"],
});
try {
  const versions = {
    chromium: browser.version(),
    cytoscape: devDependencies.cytoscape,
    reactFlow: devDependencies["@xyflow/react"],
  };
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.versions.node}`);
  console.log(
    Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", "),
  );
  const results = [];
  for (const size of sizes) {
    const { result, share } = await withMachineShare(() => measure(browser, pages, size));
    results.push({ ...size, share, ...Object.fromEntries(result) });
    printTargets(targetsOf(size, result.get("weir")));
  }
  console.log(resultLine("graph", { ...versions, results }));
} finally {
  await browser.close();
  pages.close();
}

async function measure(
  browser: Browser,
  pages: ServedPages,
  size: MeshSize,
): Promise<Map<Drawer, Visit | Error>> {
  const measured = new Map<Drawer, Visit | Error>();
  printSize(size);
  printHeadings();
  const drawn = async (drawer: Drawer, what: Visited) => {
    const result = await visit(browser, what).catch((error: Error) => error);
    measured.set(drawer, result);
    printVisit(drawer, result);
  };
  if (drawers.includes("weir")) await withConsole(size, (what) => drawn("weir", what));
  pages.show(await placeMesh(size));
  const page = (path: string, map: string): Visited => ({
    url: pages.url + path,
    map,
    drawn: "[data-drawn]",
  });
  const peers: Partial<Record<Drawer, Visited>> = {
    cytoscape: page("/cytoscape", "#graph"),
    "cytoscape-texture": page("/cytoscape?texture", "#graph"),
    "react-flow": page("/react-flow", ".react-flow__pane"),
  };
  for (const drawer of drawers) {
    const peer = peers[drawer];
    if (peer) await drawn(drawer, peer);
  }
  return measured;
}

/** A database with such a mesh, and the console on it. */
async function withConsole(size: MeshSize, work: (what: Visited) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "weir-bench-graph-"));
  const children = new Children(dir);
  const database = await startDatabase(join(dir, "postgres"));
  try {
    const mesh = await storeMesh(database.sql, size, Date.now);
    const url = await serveConsole(children, database.databaseUrl);
    await fetch(url); // the server's first page is slower than all others
    await work({ url, ...consoleMap(mesh) });
  } finally {
    await children.stopAll();
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function consoleMap(mesh: StoredMesh): Omit<Visited, "url"> {
  return {
    drawn: "canvas[data-picture][data-painted]",
    map: "svg[data-map]",
    update: { run: () => mesh.commitNext(), attribute: "data-painted", times: 7 },
  };
}
