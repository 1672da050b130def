import type { RevisedPolicy } from "@weir/domain";

/** Somebody else changed the policy meanwhile, or there never was one. Carries both versions, so that people can compare and choose. */
export class StaleRevision extends Error {
  readonly code = "STALE_REVISION";
  /** The revision the change was based on; undefined when it expected none. */
  readonly expected: RevisedPolicy | undefined;
  /** What is in force now; undefined when it was deleted or never existed. */
  readonly current: RevisedPolicy | undefined;

  constructor(
    subject: string,
    expectedRevision: number,
    expected: RevisedPolicy | undefined,
    current: RevisedPolicy | undefined,
    wasThere: boolean,
  ) {
    super(sentence(subject, expectedRevision, current, wasThere));
    this.name = "StaleRevision";
    this.expected = expected;
    this.current = current;
  }
}

function sentence(
  subject: string,
  expected: number,
  current: RevisedPolicy | undefined,
  wasThere: boolean,
): string {
  const based = `the change is based on revision ${expected}`;
  if (!wasThere) return `${subject} never existed: ${based}`;
  const now = current ? `the current one is ${current.revision}` : "and it does not exist any more";
  return `${subject} was changed meanwhile: ${based}, ${now}`;
}
