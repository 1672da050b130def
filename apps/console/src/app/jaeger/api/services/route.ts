import { services } from "../../../../server/jaeger/names.ts";
import { serveJaeger } from "../../../../server/jaeger/serve-jaeger.ts";

export const dynamic = "force-dynamic";

export const GET = serveJaeger("services", services);
