import { rule } from '#core/gate/rule';
import type { Reason } from '#core/reasons';
import type { RuleVerdict } from '#core/verdict';
import type { Destination } from '#core/version/environment-for';

/** A ref that means nothing gets a verdict with a reason, never a crash. */
export function destinationRule(ref: string, destination: Destination): RuleVerdict {
  const name = 'tag or branch';
  if (destination.ok) {
    const message = `${shortRef(ref)} is released to ${destination.environment}.`;
    return rule(name, 'pass', 'tag-valid', message, { ref, environment: destination.environment });
  }
  const { message, offset, hint } = destination;
  const mark = offset === undefined ? '' : ` (character ${offset + 1} of \`${shortRef(ref)}\`)`;
  return rule(name, 'fail', reasonOf(destination), `${message}${mark}.`, { ref }, hint);
}

function reasonOf(destination: Extract<Destination, { ok: false }>): Reason {
  switch (destination.reason) {
    case 'not-a-ref':
    case 'branch-without-environment':
    case 'tag-without-environment':
    case 'leads-elsewhere':
      return 'ref-not-released';
    case 'prerelease-without-environment':
      return 'prerelease-not-deployed';
    default:
      return 'tag-malformed';
  }
}

function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}
