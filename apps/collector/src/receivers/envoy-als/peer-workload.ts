import { type AccessLogCommon, decodeStruct } from "@weir/telemetry/envoy";
import { OtlpDecodeError } from "@weir/telemetry/otlp";
import { serviceOfName } from "./service-name.ts";
import { type KnownWorkload, workloadOfStruct } from "./workload-of-struct.ts";

type Headers = ReadonlyMap<string, string>;

/** Istio's metadata exchange as a header: a Struct in base64. */
const peerHeader = "x-envoy-peer-metadata";
/** Set by an Envoy on what it sends, to its own `--service-cluster`. */
const callerHeader = "x-envoy-downstream-service-cluster";

/** The workload that a request came from, by its own word or its certificate's; undefined: nothing says so. */
export function downstreamWorkload(common: AccessLogCommon, request: Headers): KnownWorkload | undefined {
  const caller = request.get(callerHeader);
  return (
    ofFilterState(common, "downstream_peer") ??
    ofHeader(request.get(peerHeader)) ??
    (caller ? knownOf(caller) : undefined) ??
    ofCertificate(common)
  );
}

/** The workload that answered. */
export function upstreamWorkload(common: AccessLogCommon, response: Headers): KnownWorkload | undefined {
  return ofFilterState(common, "upstream_peer") ?? ofHeader(response.get(peerHeader));
}

/** Istio from 1.24 logs the peer under this name by default, packed as a Struct. */
function ofFilterState({ filterStateObjects }: AccessLogCommon, name: string): KnownWorkload | undefined {
  const object = filterStateObjects.get(name) ?? filterStateObjects.get(`${name}_obj`);
  return object?.typeUrl.endsWith("/google.protobuf.Struct") ? ofStruct(object.value) : undefined;
}

function ofHeader(value: string | undefined): KnownWorkload | undefined {
  return value ? ofStruct(Buffer.from(value, "base64")) : undefined;
}

function ofStruct(body: Uint8Array): KnownWorkload | undefined {
  try {
    const workload = workloadOfStruct(decodeStruct(body));
    return workload.service ? workload : undefined;
  } catch (error) {
    // Of a header that a caller may have written: then it says nothing.
    if (error instanceof OtlpDecodeError) return undefined;
    throw error;
  }
}

/**
 * SPIFFE ids of Consul (`…/ns/<namespace>/dc/<dc>/svc/<service>`), Istio (`…/ns/<namespace>/sa/<account>`) and Kuma
 * (`spiffe://<mesh>/<service>`). A service account is not always called like the service, but it shows that the caller
 * is one of the mesh's, whose own proxy counts the request.
 */
function ofCertificate({ tlsProperties }: AccessLogCommon): KnownWorkload | undefined {
  for (const { uri } of tlsProperties?.peerCertificateProperties?.subjectAltName ?? []) {
    const path = /^spiffe:\/\/[^/]+\/(.+)$/.exec(uri)?.[1];
    if (path === undefined) continue;
    const parts = path.split("/");
    if (parts.length === 1) return knownOf(path);
    const after = (name: string) => parts[parts.indexOf(name) + 1] ?? "";
    const service = parts.includes("svc") ? after("svc") : parts.includes("sa") ? after("sa") : "";
    if (service !== "") return { service, namespace: parts.includes("ns") ? after("ns") : "" };
  }
  return undefined;
}

function knownOf(name: string): KnownWorkload {
  const { service, namespace, version } = serviceOfName(name);
  return namespace === undefined ? { service, version } : { service, namespace, version };
}
