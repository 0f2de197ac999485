import { FindingError } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import type { Destination } from '#core/version/environment-for';

/**
 * The components that are released; all when empty. `api-v1.2.3` releases the component `api` alone; a prefix that is the name of
 * no component says which product it is, and no more. Throws a `FindingError` when others were asked for.
 */
export function chosenComponents(
  flow: Flow,
  { tag }: Extract<Destination, { ok: true }>,
  asked: readonly string[],
): readonly string[] {
  const named = tag?.prefix.slice(0, -1);
  if (tag === undefined || named === undefined || !Object.hasOwn(flow.components, named)) return asked;
  const others = asked.filter(component => component !== named);
  if (others.length === 0) return [named];
  const message = `${tag.tag} releases ${named} alone; \`components\` names ${others.join(', ')}.`;
  const where = { kind: 'input', input: 'components' } as const;
  throw new FindingError([{ reason: 'input-invalid', message, evidence: { tag: tag.tag }, where }]);
}
