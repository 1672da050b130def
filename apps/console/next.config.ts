import { join } from "node:path";
import type { NextConfig } from "next";

const config: NextConfig = {
  /** TypeScript as it stands; the bundler compiles it with the app. (`@weir/store` is not bundled: `server/store.ts`.) */
  transpilePackages: ["@weir/domain", "@weir/graph", "@weir/telemetry"],
  /** Loaded by Node as they are. */
  serverExternalPackages: [
    "@opentelemetry/api",
    "@opentelemetry/exporter-trace-otlp-http",
    "@opentelemetry/resources",
    "@opentelemetry/sdk-trace",
    "pino",
    "prom-client",
    "undici",
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
