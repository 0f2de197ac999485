import type { Clock, Random } from '#core/clock';
import { FindingError } from '#core/finding';
import type { RunReference } from '#core/release';
import { createGitHub } from './client.ts';
import type { Writer } from './journal/append.ts';

export interface WriterOptions {
  readonly token: string;
  /** For the policy that a flow file extends, when `token` cannot read it. */
  readonly policyToken?: string | undefined;
  readonly apiUrl: string;
  readonly run: RunReference;
  readonly clock: Clock;
  readonly random: Random;
}

/** What it takes to read and write the journal. Throws a `FindingError` without a token. */
export function createWriter({ token, policyToken, apiUrl, run, clock, random }: WriterOptions): Writer {
  if (token === '') {
    const where = { kind: 'input', input: 'github-token' } as const;
    throw new FindingError([
      { reason: 'input-invalid', message: 'Input `github-token`: is missing.', evidence: {}, where },
    ]);
  }
  const github = createGitHub({
    token,
    tokenElsewhere: policyToken,
    repository: run.repository,
    apiUrl,
    clock,
    random,
  });
  const newId = () => `${run.id}-${run.attempt}-${Math.floor(random() * 2 ** 48).toString(36)}`;
  return { github, run, now: () => clock.now(), newId };
}
