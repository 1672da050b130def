import type { Metadata } from "next";
import { ServicePage } from "../../../../features/services/index.ts";

interface Props {
  readonly params: Promise<{ namespace: string; service: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).service) };
}

export default async function Page({ params }: Props) {
  const { namespace, service } = await params;
  return <ServicePage namespace={decodeURIComponent(namespace)} service={decodeURIComponent(service)} />;
}
