import { FindingError } from '#core/finding';
import type { Flow } from '#core/flow/parse';
import type { Destination } from '#core/version/environment-for';

type Leading = Extract<Destination, { ok: true }>;

/** The component that the prefix of the tag names. */
export function componentOfTag(flow: Pick<Flow, 'components'>, { tag }: Leading): string | undefined {
  const named = tag?.prefix.slice(0, -1);
  return named !== undefined && Object.hasOwn(flow.components, named) ? named : undefined;
}

/**
 * The components that are released; all when empty. `api-v1.2.3` releases the component `api` alone; a prefix that is the name of
 * no component says which product it is, and no more. Throws a `FindingError` when others were asked for.
 */
export function chosenComponents(flow: Flow, destination: Leading, asked: readonly string[]): readonly string[] {
  const { tag } = destination;
  const named = componentOfTag(flow, destination);
  if (tag === undefined || named === undefined) return asked;
  const others = asked.filter(component => component !== named);
  if (others.length === 0) return [named];
  const message = `${tag.tag} releases ${named} alone; \`components\` names ${others.join(', ')}.`;
  const where = { kind: 'input', input: 'components' } as const;
  throw new FindingError([{ reason: 'input-invalid', message, evidence: { tag: tag.tag }, where }]);
}
