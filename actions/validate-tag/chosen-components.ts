import { FindingError } from '#core/finding';
import { componentOf } from '#core/flow/component-of';
import type { Flow } from '#core/flow/parse';
import type { Destination } from '#core/version/environment-for';

/**
 * The components that are released; all when empty. Throws a `FindingError` when others were asked for.
 */
export function chosenComponents(
  flow: Flow,
  { tag }: Extract<Destination, { ok: true }>,
  asked: readonly string[],
): readonly string[] {
  const named = tag === undefined ? undefined : componentOf(flow, tag);
  if (tag === undefined || named === undefined) return asked;
  const others = asked.filter(component => component !== named);
  if (others.length === 0) return [named];
  const message = `${tag.tag} releases ${named} alone; \`components\` names ${others.join(', ')}.`;
  const where = { kind: 'input', input: 'components' } as const;
  throw new FindingError([{ reason: 'input-invalid', message, evidence: { tag: tag.tag }, where }]);
}
