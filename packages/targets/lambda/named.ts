import { createLambda } from '#aws/lambda';
import type { AwsSession } from '#aws/session';
import { seekInAws } from '#aws/sought';
import type { NamedPart } from '#core/doctor/facts';
import type { LambdaComponent } from '#core/flow/targets/lambda';
import { repositoryPart } from '../images/named.ts';
import { aliasFindings, observe } from './observe.ts';

export async function namedParts(component: LambdaComponent, session: AwsSession): Promise<readonly NamedPart[]> {
  const context = { lambda: createLambda(session) };
  const { function: name, alias, code } = component;
  const problems = seekInAws(async () => {
    const observation = await observe(context, name, alias);
    return observation.ok ? aliasFindings(context, component, observation.observed) : observation.findings;
  });
  const repositories = code.from === 'repository' ? [code.repository] : [];
  return [
    { what: `function ${name}, alias ${alias}`, problems: await problems },
    ...(await Promise.all(repositories.map(repository => repositoryPart(session, repository)))),
  ];
}
