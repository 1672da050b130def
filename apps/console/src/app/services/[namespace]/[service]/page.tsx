import { namespaceOfPath } from "@weir/domain/browser";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ServicePage } from "../../../../features/services/index.ts";
import { resources } from "../../../../server/resources.ts";
import { isKnownService } from "../../../../server/services/is-known.ts";

interface Props {
  readonly params: Promise<{ namespace: string; service: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).service) };
}

export default async function Page({ params }: Props) {
  const { namespace, service } = await params;
  const asked = { namespace: decodeURIComponent(namespace), service: decodeURIComponent(service) };
  const named = { ...asked, namespace: namespaceOfPath(asked.namespace) };
  if (!(await isKnownService(resources(), named))) notFound();
  return <ServicePage {...asked} />;
}
