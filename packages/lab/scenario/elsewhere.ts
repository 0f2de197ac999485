import type { GitHubWorld } from '../github/ports.ts';
import type { World } from './schema.ts';

const keeper = 'policy-keeper';

/**
 * Makes the repositories beside the one that is released, and writes into the scenario what only they know: `{{commit org/policies}}` is
 * the commit of that one, `{{token elsewhere}}` a token that can read all of them.
 */
export function prepareElsewhere<Story extends World>(world: GitHubWorld, scenario: Story): Story {
  const { elsewhere = [] } = scenario;
  if (elsewhere.length === 0) return scenario;
  world.addPerson({ login: keeper });
  let text = JSON.stringify(scenario).replaceAll('{{token elsewhere}}', world.issueUserToken(keeper));
  for (const { name, files, private: hidden = false } of elsewhere) {
    const repository = world.createRepository({
      fullName: name,
      private: hidden,
      collaborators: { [keeper]: 'write' },
    });
    const contents = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
    const commit = repository.commit({ branch: 'main', message: 'Start', author: keeper, files: contents });
    text = text.replaceAll(`{{commit ${name}}}`, commit);
  }
  return JSON.parse(text);
}
