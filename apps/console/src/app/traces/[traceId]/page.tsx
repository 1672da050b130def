import type { Metadata } from "next";
import { preload } from "react-dom";
import { TracePage, traceAddress } from "../../../features/traces/index.ts";

interface Props {
  readonly params: Promise<{ traceId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Trace ${(await params).traceId.slice(0, 8)}` };
}

export default async function Page({ params }: Props) {
  const traceId = decodeURIComponent((await params).traceId).toLowerCase();
  preload(traceAddress(traceId), { as: "fetch", crossOrigin: "anonymous", fetchPriority: "low" });
  return <TracePage traceId={traceId} />;
}
