import { serveJaeger } from "../../../../../server/jaeger/serve-jaeger.ts";
import { trace } from "../../../../../server/jaeger/trace.ts";

export const dynamic = "force-dynamic";

export const GET = serveJaeger("trace", trace);
