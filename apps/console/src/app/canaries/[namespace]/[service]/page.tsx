import type { Metadata } from "next";
import { CanaryPage } from "../../../../features/canaries/index.ts";

interface Props {
  readonly params: Promise<{ namespace: string; service: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Canary of ${decodeURIComponent((await params).service)}` };
}

export default async function Page({ params }: Props) {
  const { namespace, service } = await params;
  return <CanaryPage namespace={decodeURIComponent(namespace)} service={decodeURIComponent(service)} />;
}
