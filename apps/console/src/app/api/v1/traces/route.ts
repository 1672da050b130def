import { serve } from "../../../../server/api/serve.ts";
import { traces } from "../../../../server/api/traces.ts";

export const dynamic = "force-dynamic";

export const GET = serve(traces);
