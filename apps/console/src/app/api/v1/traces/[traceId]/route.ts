import { serve } from "../../../../../server/api/serve.ts";
import { trace } from "../../../../../server/api/trace.ts";

export const dynamic = "force-dynamic";

export const GET = serve(trace);
