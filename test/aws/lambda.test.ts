import { expect, test } from '@jest/globals';
import { createLambda } from '#aws/lambda';
import { openLambda, place } from '../lab/lambda/world.ts';
import { failureOf } from '../lab/wire/harness.ts';
import { virtualClock } from './virtual-clock.ts';

test('a refusal that repeats all variables is told without them', async () => {
  const { lab } = await openLambda({ settings: { variables: { TOKEN: 'secret' } } });
  process.env.AWS_ENDPOINT_URL = lab.endpoint;
  const retry = { clock: virtualClock(), random: () => 0.5, patience: 0, renew: () => false };
  const credentials = async () => lab.client.credentials;
  const lambda = createLambda({ region: place.region, credentials, retry });
  const { Configuration } = await lambda.getFunction('api');
  const Environment = { Variables: { TOKEN: 'secret', LONG: 'x'.repeat(5000) } };
  const error = await failureOf(lambda.updateConfiguration('api', { Environment }, Configuration?.RevisionId ?? ''));
  expect(error.message).toMatch(/exceeded the 4KB limit. String measured: \(left out\)$/);
  delete process.env.AWS_ENDPOINT_URL;
  await lab.close();
});
