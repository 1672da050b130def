import { serve } from "../../../../server/api/serve.ts";
import { top } from "../../../../server/api/top.ts";

export const dynamic = "force-dynamic";

export const GET = serve(top);
