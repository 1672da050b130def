import { namespaceOfPath } from "@weir/domain/browser";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CanaryPage } from "../../../../features/canaries/index.ts";
import { resources } from "../../../../server/resources.ts";
import { isRegisteredService } from "../../../../server/services/is-known.ts";

interface Props {
  readonly params: Promise<{ namespace: string; service: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Canary of ${decodeURIComponent((await params).service)}` };
}

export default async function Page({ params }: Props) {
  const { namespace, service } = await params;
  const asked = {
    namespace: namespaceOfPath(decodeURIComponent(namespace)),
    service: decodeURIComponent(service),
  };
  if (!(await isRegisteredService(resources(), asked))) notFound();
  return <CanaryPage {...asked} />;
}
