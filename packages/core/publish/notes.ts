import type { Plan } from '../plan/plan.ts';
import { digestOf, type RunReference } from '../release.ts';
import { oneLine, table } from '../report/markdown.ts';
import { minuteOf } from '../report/minute.ts';

/** GitHub takes no more than 125,000 characters; what is cut off can be read in the comparison. */
const longest = 100_000;

/** Hundreds of components are not listed one by one: the journal has them. */
const listed = 50;

export interface NotesFacts {
  readonly plan: Plan;
  readonly run: RunReference;
  /** ISO 8601: when it was verified in the environment. */
  readonly verified: string;
  /** What GitHub has generated; undefined where it could not. */
  readonly generated: string | undefined;
}

/** The notes of a release: what GitHub generates, and what the suite knows of how it got where it is. Names and digests, nothing else. */
export function notesOf({ plan, run, verified, generated }: NotesFacts): string {
  return `${generatedPart(generated)}${knownPart(plan, run, verified)}\n`;
}

/** Without the suite’s own part, for a release that it did not carry. */
export function generatedPart(generated: string | undefined): string {
  if (generated === undefined || generated.trim() === '') return '';
  return generated.length <= longest ? `${generated.trim()}\n\n` : `${generated.slice(0, longest)}…\n\n`;
}

function knownPart({ service, release, environment, artifacts }: Plan, run: RunReference, verified: string): string {
  const { name, url } = environment;
  const place = url === undefined ? name : `[${name}](${url})`;
  const what = oneLine(`${service} (${release.sha.slice(0, 12)})`);
  const digests = Object.entries(artifacts).flatMap(([component, each]) => {
    const digest = digestOf(each);
    return digest === undefined ? [] : [[component, `\`${digest}\``]];
  });
  const more = digests.length > listed ? ['', `… and ${digests.length - listed} more`] : [];
  return [
    `## Released to ${name}`,
    '',
    `[Run ${run.id}](${run.url}) released ${what} to ${place}, where it was verified on ${minuteOf(verified)} UTC.`,
    ...(digests.length === 0 ? [] : ['', table(['component', 'artifact'], digests.slice(0, listed)), ...more]),
  ].join('\n');
}
