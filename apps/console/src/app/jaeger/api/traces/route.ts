import { search } from "../../../../server/jaeger/search.ts";
import { serveJaeger } from "../../../../server/jaeger/serve-jaeger.ts";

export const dynamic = "force-dynamic";

export const GET = serveJaeger("search", search);
