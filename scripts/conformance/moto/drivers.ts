import { cloudFormationStory } from './cloudformation.ts';
import { fillGaps } from './gaps.ts';
import { lambdaStory } from './lambda.ts';
import { createBench } from './run-action.ts';
import { clientOf, createRole, type MotoServer, region } from './server.ts';
import { type Story, shortfallsOf } from './story.ts';

const stories: readonly Story[] = [lambdaStory, cloudFormationStory];

/** Our drivers, as they are built, in front of moto. Answers what does not hold. */
export async function driversUnderMoto(moto: MotoServer, suite: string): Promise<readonly string[]> {
  const filled = await fillGaps(moto.url);
  try {
    const short: string[] = [];
    for (const story of stories) {
      const bench = createBench(suite, filled.url, region);
      const found = await shortfallsOf(story, {
        bench,
        client: clientOf(moto.url),
        role: name => createRole(moto, name),
      });
      bench.remove();
      console.log(`  ${story.target}: ${found.length === 0 ? 'as expected' : `${found.length} things are not`}`);
      short.push(...found.map(text => `${story.target}: ${text}`));
    }
    return short;
  } finally {
    await filled.close();
  }
}
