import { graph } from "../../../../server/api/graph.ts";
import { serve } from "../../../../server/api/serve.ts";

export const dynamic = "force-dynamic";

export const GET = serve(graph);
