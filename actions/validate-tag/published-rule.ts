import type { RunContext } from '#action-kit/run-context';
import { rule } from '#core/gate/rule';
import type { RuleVerdict } from '#core/verdict';
import type { Destination } from '#core/version/environment-for';

/**
 * What the event `release` says of the tag that it is about: a draft, or a release that was taken back, releases nothing, and what is
 * marked as a prerelease goes nowhere that takes final releases, whatever its tag looks like. Nothing where another event started the run.
 * Source: docs.github.com, “Events that trigger workflows”, release.
 */
export function publishedRule(
  { eventName, event }: Pick<RunContext, 'eventName' | 'event'>,
  ref: string,
  { tag, environment }: Extract<Destination, { ok: true }>,
): readonly RuleVerdict[] {
  if (eventName !== 'release') return [];
  const { action, release } = event;
  const { tag_name: name, draft, prerelease } = isRecord(release) ? release : {};
  if (ref !== `refs/tags/${name}`) return [];
  const verdict = (kind: 'pass' | 'fail', reason: Parameters<typeof rule>[2], message: string, next?: string) => [
    rule('release on GitHub', kind, reason, message, { action: String(action), tag: String(name) }, next),
  ];
  if (draft !== false || !publishing.includes(String(action))) {
    const message = `${name} is not published: the event is “${String(action)}”${draft === true ? ' of a draft' : ''}.`;
    return verdict('fail', 'release-not-published', message);
  }
  if (prerelease !== false && tag?.prerelease.length === 0) {
    const message = `${name} is published as a prerelease, and ${environment} takes final releases.`;
    const next = 'Take the mark “pre-release” from it on GitHub: with `types: [released]` that starts it again.';
    return verdict('fail', 'prerelease-not-deployed', message, next);
  }
  return verdict('pass', 'tag-valid', `${name} is published.`);
}

const publishing: readonly string[] = ['published', 'released', 'prereleased'];

function isRecord(value: unknown): value is Readonly<Record<string, string | boolean>> {
  return typeof value === 'object' && value !== null;
}
