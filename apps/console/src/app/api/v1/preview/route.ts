import { preview } from "../../../../server/api/preview.ts";
import { serveStream } from "../../../../server/api/serve-stream.ts";

export const dynamic = "force-dynamic";

export const POST = serveStream(preview);
