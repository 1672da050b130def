import { serve } from "../../../../server/api/serve.ts";
import { status } from "../../../../server/api/status.ts";

export const dynamic = "force-dynamic";

export const GET = serve(status);
