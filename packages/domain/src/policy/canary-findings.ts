import { type Finding, findingOf } from "../finding/finding.ts";
import { covers } from "./covers.ts";
import type { PolicyOf } from "./policy.ts";
import type { KnownService } from "./validate-policy.ts";
import { mirrorFindings, pinFindings } from "./version-findings.ts";

type Canary = PolicyOf<"canary">;

/** What is odd about a canary beside its weighted backends. */
export function canaryFindings(canary: Canary, target: KnownService): Finding[] {
  const { pins = [], mirror } = canary;
  return [
    ...pins.flatMap(({ version }, index) => pinFindings(version, `pins[${index}].version`, target)),
    ...hiddenPinFindings(canary),
    ...pinOfAllFindings(canary),
    ...(mirror ? mirrorFindings(mirror.version, "mirror.version", target) : []),
    ...selfMirrorFindings(canary),
  ];
}

/** Alternatives that an earlier pin takes to another version; to the same one they are merely said twice. */
function hiddenPinFindings({ pins = [] }: Canary): Finding[] {
  return pins.flatMap(({ match, version }, index) =>
    match.flatMap((narrow, place) => {
      const hiding = pins
        .slice(0, index)
        .findIndex((earlier) => earlier.match.some((wide) => covers(wide, narrow)));
      const other = pins[hiding];
      if (other === undefined || other.version === version) return [];
      const message = `can never match: all that it matches meets pins[${hiding}] before, and goes to ${other.version}`;
      return [findingOf("unreachable-match", `pins[${index}].match[${place}]`, message)];
    }),
  );
}

/** A pin that leaves the shares nothing. */
function pinOfAllFindings({ pins = [] }: Canary): Finding[] {
  const index = pins.findIndex(({ match }) => match.some((wide) => covers(wide, everyRequest)));
  const pin = pins[index];
  if (pin === undefined) return [];
  const message = `matches every request: all go to ${pin.version}, whatever the weights`;
  return [findingOf("pins-all", `pins[${index}]`, message)];
}

const everyRequest = {};

/** Copies are made of requests that go elsewhere; there are none where shares and pins send everything to it. */
function selfMirrorFindings({ backends, pins = [], mirror }: Canary): Finding[] {
  if (mirror === undefined) return [];
  const { version } = mirror;
  const goElsewhere =
    backends.some((backend) => backend.version !== version && backend.weight > 0) ||
    pins.some((pin) => pin.version !== version);
  if (goElsewhere) return [];
  const message = `${version} gets all requests of this service, so that none is left to be copied`;
  return [findingOf("mirror-to-itself", "mirror.version", message)];
}
