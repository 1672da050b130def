import { serve } from "../../../../server/api/serve.ts";
import { services } from "../../../../server/api/services.ts";

export const dynamic = "force-dynamic";

export const GET = serve(services);
