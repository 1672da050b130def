import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { resolveYaml } from "@weir/proxy/config";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

/** Holds docker/ against the code: a port, variable, package or workload that changes there must change here. */

const root = resolve(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

interface ComposeService {
  readonly build?: { readonly target: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly profiles?: readonly string[];
  readonly configs?: readonly { readonly source: string }[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, { readonly condition: string }>>;
}

const compose = parse(read("docker/compose.yaml"), { merge: true }) as {
  services: Record<string, ComposeService>;
  configs: Record<string, { content: string }>;
};
const dockerfile = read("docker/Dockerfile");
const shop = parse(read("apps/demo/shop.yaml")) as {
  workloads: { service: string; version: string; entry: string; public?: boolean; stable: boolean }[];
  loadgen: { entry: string };
};
const stages = new Map(
  dockerfile
    .split(/^FROM /m)
    .slice(1)
    .map((text) => [/ AS (\S+)/.exec(text)?.[1] ?? "", text]),
);
/** Of others, and started only when asked for. */
const monitoring = ["prometheus", "grafana"];
const processes = ["collector", "controller", "console", "sidecar", "shop"];
const workspaceOf: Record<string, string> = {
  collector: "apps/collector",
  controller: "apps/controller",
  console: "apps/console",
  sidecar: "packages/proxy",
  shop: "apps/demo",
};

describe("images", () => {
  test.each(processes)("%s runs as a user of its own and is checked for health", (target) => {
    const stage = stages.get(target) ?? "";
    expect(stage).toMatch(/^HEALTHCHECK /m);
    expect(stage.match(/^USER (.+)$/gm)?.at(-1) ?? "USER node").toBe("USER node");
  });

  test.each(Object.entries(workspaceOf))("%s holds every package that it imports", (target, workspace) => {
    const copied = [
      ...(stages.get(target) ?? "").matchAll(/^COPY .*\/weir\/((?:apps|packages)\/\S+) /gm),
    ].map((m) => m[1]);
    expect(copied).toEqual(expect.arrayContaining([workspace, ...packagesBehind(workspace)]));
    const unneeded = new Set(copied).difference(new Set([workspace, ...packagesBehind(workspace)]));
    // `weir proxy` is a command of the command line, which is entered by its file and loads only the sidecar.
    expect([...unneeded]).toEqual(target === "sidecar" ? ["packages/cli"] : []);
  });

  test("npm sees the manifest of every workspace", () => {
    const manifests = ["apps", "packages"].flatMap((kind) =>
      readdirSync(join(root, kind)).map((name) => `${kind}/${name}/package.json`),
    );
    const copied = [...dockerfile.matchAll(/^COPY ((?:apps|packages)\/\S+\/package\.json) /gm)].map(
      (m) => m[1],
    );
    expect(copied).toEqual(manifests.sort());
  });

  test.each`
    target          | file                               | ports
    ${"collector"}  | ${"apps/collector/src/config.ts"}  | ${["4317", "4318", "9411"]}
    ${"controller"} | ${"apps/controller/src/config.ts"} | ${["4600"]}
    ${"sidecar"}    | ${"docker/compose.yaml"}           | ${["15001", "15006", "15090"]}
  `("$target exposes the ports that $file listens on", ({ target, file, ports }) => {
    const exposed = /^EXPOSE (.+)$/m.exec(stages.get(target) ?? "")?.[1]?.split(" ");
    expect(exposed).toEqual(ports);
    for (const port of ports) expect(read(file)).toMatch(new RegExp(`:\\s?${port}\\b`));
  });

  test.each(["collector", "controller", "console"])(
    "%s is given only variables that its config reads",
    (name) => {
      const known = read(`apps/${name}/src/config.ts`);
      const environment = {
        ...environmentOf(stages.get(name) ?? ""),
        ...compose.services[name]?.environment,
      };
      expect(Object.keys(environment)).toContain("DATABASE_URL");
      for (const variable of Object.keys(environment))
        if (!["PORT", "HOSTNAME"].includes(variable)) expect(known).toContain(variable);
    },
  );
});

describe("compose", () => {
  test("every process of ours has a read-only root and an image of the Dockerfile", () => {
    for (const [name, service] of Object.entries(compose.services)) {
      if (["postgres", ...monitoring].includes(name)) continue;
      expect(service.read_only, name).toBe(true);
      expect([...stages.keys()], name).toContain(service.build?.target);
    }
  });

  test.each(shop.workloads)(
    "$service $version has its application and its sidecar",
    ({ service, version, entry, ...rest }) => {
      const name = `${service}-${version}`;
      const app = compose.services[`${name}-app`];
      expect(app?.command).toEqual([`apps/demo/${entry}`]);
      expect(app?.network_mode).toBe(`service:${name}`);
      expect(app?.environment).toMatchObject({
        SERVICE_NAME: service,
        SERVICE_VERSION: version,
        NODE_USE_ENV_PROXY: "1",
      });
      const { config } = resolveYaml(compose.configs[name]?.content ?? "", name);
      expect(config.workload).toEqual({ service, namespace: "shop", version });
      expect(`http://${config.outbound?.listen}`).toBe(app?.environment?.HTTP_PROXY);
      expect(config.inbound?.app).toBe(`127.0.0.1:${environmentOf(stages.get("shop") ?? "").PORT}`);
      expect(config.admin?.listen).toBe("0.0.0.0:15090");
      expect(config.inbound?.advertise).toBe(`${name}:15006`);
      expect(compose.services[name]?.ports).toEqual(rest.public ? ["127.0.0.1:8080:15006"] : undefined);
    },
  );

  test.each(monitoring)("%s is there only with the profile", (name) => {
    expect(compose.services[name]).toMatchObject({ profiles: ["monitoring"], read_only: true });
  });

  test("a version that is not the stable one registers after the stable one", () => {
    const later = shop.workloads.filter(({ stable }) => !stable);
    expect(later).not.toEqual([]);
    for (const { service, version } of later) {
      const stable = shop.workloads.find((candidate) => candidate.service === service && candidate.stable);
      expect(compose.services[`${service}-${version}`]?.depends_on).toEqual({
        controller: { condition: "service_healthy" },
        [`${service}-${stable?.version}`]: { condition: "service_healthy" },
      });
    }
  });

  test("there is nothing beside the workloads, the shoppers and Weir", () => {
    const expected = shop.workloads.flatMap(({ service, version }) => [
      `${service}-${version}`,
      `${service}-${version}-app`,
    ]);
    const weir = ["postgres", "migrate", "collector", "controller", "console", "loadgen"];
    expect(new Set(Object.keys(compose.services))).toEqual(new Set([...weir, ...monitoring, ...expected]));
    expect(compose.services.loadgen?.command).toEqual([`apps/demo/${shop.loadgen.entry}`]);
  });
});

/** Weir's own packages that a workspace imports, directly or through another. */
function packagesBehind(workspace: string): string[] {
  const manifest = JSON.parse(read(`${workspace}/package.json`)) as { dependencies?: Record<string, string> };
  const direct = Object.keys(manifest.dependencies ?? {})
    .filter((name) => name.startsWith("@weir/"))
    .map((name) => name.replace("@weir/", "packages/"));
  return [...new Set(direct.flatMap((name) => [name, ...packagesBehind(name)]))];
}

function environmentOf(stage: string): Record<string, string> {
  const pairs = [...stage.matchAll(/^ENV (.+)$/gm)].flatMap((match) => match[1]?.split(" ") ?? []);
  return Object.fromEntries(pairs.map((pair) => pair.split("=") as [string, string]));
}
