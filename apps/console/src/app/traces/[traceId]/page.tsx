import type { Metadata } from "next";
import { TracePage } from "../../../features/traces/index.ts";

interface Props {
  readonly params: Promise<{ traceId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Trace ${(await params).traceId.slice(0, 8)}` };
}

export default async function Page({ params }: Props) {
  const { traceId } = await params;
  return <TracePage traceId={decodeURIComponent(traceId).toLowerCase()} />;
}
