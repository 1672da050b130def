"use client";

import { namespaceOfPath } from "@weir/domain/browser";
import { useParams } from "next/navigation";
import { CanaryPage } from "./canary-page.tsx";

/** Of a service that had no sidecar when its address was asked for: what was perhaps meant, or its canary once it has. */
export function UnknownCanary() {
  const { namespace, service } = useParams<{ namespace: string; service: string }>();
  return (
    <CanaryPage
      namespace={namespaceOfPath(decodeURIComponent(namespace))}
      service={decodeURIComponent(service)}
    />
  );
}
