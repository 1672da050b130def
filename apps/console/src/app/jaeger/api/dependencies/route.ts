import { dependencies } from "../../../../server/jaeger/dependencies.ts";
import { serveJaeger } from "../../../../server/jaeger/serve-jaeger.ts";

export const dynamic = "force-dynamic";

export const GET = serveJaeger("dependencies", dependencies);
