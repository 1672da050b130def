export interface FirstStep {
  readonly title: string;
  readonly text: string;
  /** Ready to be pasted. */
  readonly code: string;
  /** Names the code for its copy button. */
  readonly what: string;
}

export interface Addresses {
  /** OTLP over HTTP. */
  readonly collector: string;
  readonly controller: string;
}

/** Ways to send the first telemetry, the quickest first. */
export function firstSteps({ collector, controller }: Addresses): readonly FirstStep[] {
  return [
    {
      title: "Try it: one request, told by hand",
      text: "Sends one span of a service “hello”, as if somebody had just called it. It needs a shell and curl.",
      code: curlOfOneSpan(collector),
      what: "the curl command",
    },
    {
      title: "A service with an OpenTelemetry SDK",
      text: "Set these for each service and start it again; all SDKs and agents read them. Its spans draw the map, with nothing between your services.",
      code: [
        `export OTEL_EXPORTER_OTLP_ENDPOINT=${collector}`,
        "export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        "export OTEL_SERVICE_NAME=checkout",
        "export OTEL_RESOURCE_ATTRIBUTES=service.namespace=shop,service.version=v1",
      ].join("\n"),
      what: "the environment",
    },
    {
      title: "A service with a sidecar",
      text: "The sidecar sees every request, sampled or not, and can carry out policies once you say so; until then it changes nothing. In the service’s own environment, HTTP_PROXY=http://127.0.0.1:15001 sends its calls through it.",
      code: sidecarOf({ collector, controller }),
      what: "the sidecar’s configuration and command",
    },
    {
      title: "A mesh you have already",
      text: "Istio and Envoy send access logs to the collector’s gRPC port (ALS, 4317); Linkerd, Kuma, Consul and Cilium are scraped, or federated from a Prometheus. Name the targets in the collector’s file; docs/collector.md has each of them in full.",
      code: scrapeOfProxies,
      what: "the collector’s configuration",
    },
  ];
}

const scrapeOfProxies = `# collector.yaml, named by WEIR_COLLECTOR_CONFIG
receivers:
  otlp: {}
  envoy_als: {}
  prometheus:
    config:
      scrape_configs:
        - job_name: linkerd
          honor_labels: true
          metrics_path: /federate
          params: { "match[]": ['{job="linkerd-proxy"}'] }
          static_configs: [{ targets: ["prometheus.linkerd-viz:9090"] }]`;

/** A span of kind SERVER, which began as the line is pasted: OTLP over HTTP, JSON (OTLP 1.0, ids in hexadecimal). */
function curlOfOneSpan(address: string): string {
  const body = {
    resourceSpans: [
      {
        resource: {
          attributes: [attribute("service.name", "hello"), attribute("service.namespace", "first")],
        },
        scopeSpans: [
          {
            spans: [
              {
                traceId: "'$(od -An -N16 -tx1 /dev/urandom | tr -d ' \\n')'",
                spanId: "'$(od -An -N8 -tx1 /dev/urandom | tr -d ' \\n')'",
                name: "GET /hello",
                kind: 2,
                startTimeUnixNano: "'$(date +%s)000000000'",
                endTimeUnixNano: "'$(date +%s)042000000'",
                attributes: [attribute("http.request.method", "GET"), attribute("url.path", "/hello")],
              },
            ],
          },
        ],
      },
    ],
  };
  // The ends and beginnings of the shell's quotes are part of the values; JSON would double its backslashes.
  const json = JSON.stringify(body).replaceAll("\\\\", "\\");
  return `curl -sS ${address}/v1/traces -H 'content-type: application/json' -d '${json}'`;
}

function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}

function sidecarOf({ collector, controller }: Addresses): string {
  return `cat > sidecar.yaml <<'END'
workload: { service: checkout, namespace: shop, version: v1 }
outbound: { listen: 127.0.0.1:15001 }
inbound: { listen: 0.0.0.0:15006, app: 127.0.0.1:8080 }
telemetry: { otlp: "${collector}" }
controller: "${controller}"
END
npx weir proxy --config sidecar.yaml`;
}
