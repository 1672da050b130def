import { serveStream } from "../../../../server/api/serve-stream.ts";
import { tap } from "../../../../server/api/tap.ts";

export const dynamic = "force-dynamic";

export const GET = serveStream(tap);
