import { didYouMean } from '#core/flow/nearest';
import { graphqlFields } from '../github/graphql/endpoint.ts';
import { describeGitHub } from '../github/http/description.ts';

/** Why no call of GitHub can have this name, by GitHub’s own description; undefined when some can. */
export function wrongGitHubCall(name: string): string | undefined {
  const field = /^graphql (\w+)$/.exec(name)?.[1];
  const known = field === undefined ? [...describeGitHub().operations.keys()] : graphqlFields();
  if (known.includes(field ?? name)) return undefined;
  return `GitHub describes no call \`${name}\` (${didYouMean(field ?? name, known)})`;
}
