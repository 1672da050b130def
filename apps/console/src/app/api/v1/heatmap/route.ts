import { heatmap } from "../../../../server/api/heatmap.ts";
import { serve } from "../../../../server/api/serve.ts";

export const dynamic = "force-dynamic";

export const GET = serve(heatmap);
