import { type Finding, findingOf, findingsOf, Policy, StorableJson } from "@weir/domain";
import { type Document, isMap, isNode, isScalar, LineCounter, parseAllDocuments } from "yaml";
import { z } from "zod";
import { withNearestCode } from "./nearest-code.ts";
import { type PlacedFinding, placeAt, placeFinding, type Range } from "./placed-finding.ts";
import { unstorableFindings } from "./unstorable-findings.ts";

/** One policy of a text. */
export interface WrittenPolicy {
  /** Undefined where `findings` has an error. */
  readonly policy: Policy | undefined;
  /** What is wrong with the form of it, in order of the text. */
  readonly findings: readonly PlacedFinding[];
  /** The revision that it was made from, by a comment `# revision 3` above it, as `weir policy get` writes it. */
  readonly basedOn: number | undefined;
  /** Puts what else is known about the policy at its place in the text. */
  place(finding: Finding): PlacedFinding;
}

/** Characters. Far more than thousands of policies take; a text beyond is refused before it is parsed. */
export const maxPolicyText = 4_000_000;

/**
 * Reads a YAML text: one policy a document, or a sidecar's configuration file, whose `policies` are of its workload's
 * namespace where they name none. Never throws: what is wrong with the YAML, or with a policy, is a finding.
 * Documents without content are left out, so a text of comments holds none.
 */
export function readPolicyText(text: string): WrittenPolicy[] {
  const lines = new LineCounter();
  if (text.length > maxPolicyText) return [tooLong(text, lines)];
  const unstorable = unstorableFindings(text);
  if (unstorable.length > 0) return [unread(unstorable, (finding) => placeAt(finding, [0, 0], lines))];
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  return [...documents]
    .filter(({ contents, errors }) => !isEmpty(contents) || errors.length > 0)
    .flatMap((document) => policiesOf(document as Document.Parsed, lines));
}

/** Nothing but comments: a text may end in `---`, or begin with one behind a comment. */
function isEmpty(contents: unknown): boolean {
  return contents === null || (isScalar(contents) && contents.value === null && !contents.source);
}

function policiesOf(document: Document.Parsed, lines: LineCounter): WrittenPolicy[] {
  const whole = beginningOf(document);
  const refused = (findings: readonly PlacedFinding[]) => [
    unread(findings, (finding) => placeFinding(finding, document, lines, whole)),
  ];
  if (document.errors.length > 0)
    return refused(
      document.errors.map(({ message, pos: [from, to] }) =>
        placeAt(findingOf("not-yaml", "", `is not YAML: ${message}`), [from, to], lines),
      ),
    );
  const content = contentOf(document);
  if (content instanceof Error)
    return refused([placeAt(findingOf("not-yaml", "", `is not YAML: ${content.message}`), whole, lines)]);
  const basedOn = revisionOf(document);
  return membersOf(content).map(({ value, at }) => {
    const place = (finding: Finding) => ({
      ...placeFinding({ ...finding, path: joined(at, finding.path) }, document, lines, whole),
      path: finding.path,
    });
    const read = StorableJson.pipe(Policy).safeParse(value);
    if (read.success) return { policy: read.data, findings: [], basedOn, place };
    const findings = findingsOf(read.error).map((finding) => place(withNearestCode(finding, value)));
    return { policy: undefined, findings: findings.sort((a, b) => a.from - b.from), basedOn, place };
  });
}

/** Of a comment above the content, which YAML's reader keeps with the document, its content or the first key. */
function revisionOf({ commentBefore, contents }: Document.Parsed): number | undefined {
  const first = isMap(contents) ? contents.items[0]?.key : undefined;
  const comments = [commentBefore, contents?.commentBefore, isNode(first) ? first.commentBefore : undefined];
  const [, revision] = /^ *revision (\d{1,9}) *$/m.exec(comments.filter(Boolean).join("\n")) ?? [];
  return revision === undefined ? undefined : Number(revision);
}

/** The policies of a document's content, and where each stands: the content itself, or a file's list of them. */
function membersOf(content: unknown): { value: unknown; at: string }[] {
  const file = SidecarFile.safeParse(content).data;
  if (file === undefined) return [{ value: content, at: "" }];
  const namespace = file.workload?.namespace;
  return file.policies.map((policy, index) => ({
    value: namespace === undefined ? policy : { namespace, ...policy },
    at: `policies[${index}]`,
  }));
}

/** As much of a sidecar's file as says whose its policies are. */
const SidecarFile = z.looseObject({
  kind: z.undefined().optional(),
  workload: z.looseObject({ namespace: z.string().optional() }).optional(),
  policies: z.array(z.looseObject({})),
});

/** The content as plain data, or why there is none: aliases that grow without end are refused by the parser. */
function contentOf(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error;
  }
}

/** A finding about a document as a whole stands at its first line, not across all of it. */
function beginningOf({ contents, range }: Document.Parsed): Range {
  const from = contents?.range?.[0] ?? range[0];
  return [from, from];
}

function joined(at: string, path: string): string {
  return at && path ? `${at}.${path}` : at || path;
}

function tooLong(text: string, lines: LineCounter): WrittenPolicy {
  const place = (finding: Finding) => placeAt(finding, [0, 0], lines);
  const message = `has ${text.length} characters; ${maxPolicyText} are read at most`;
  return unread([place(findingOf("too-long", "", message))], place);
}

function unread(findings: readonly PlacedFinding[], place: WrittenPolicy["place"]): WrittenPolicy {
  return { policy: undefined, findings, basedOn: undefined, place };
}
