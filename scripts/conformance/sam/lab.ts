import { join } from 'node:path';
import { formatProblem } from '#core/flow/problem';
import { readWorld } from '../../../packages/lab/scenario/read.ts';
import { type OpenWorld, openWorld } from '../../../packages/lab/shell/open-world.ts';

/** What one of the lab’s accounts is used with. */
export interface Access {
  readonly key: string;
  readonly account: string;
}

/**
 * The lab on the world of a file, and a key for each account. Its jobs are not run: others speak to its AWS, and sign what they say by the
 * machine’s clock, which is therefore the lab’s.
 */
export async function openAws(
  suite: string,
  file: string,
  access: readonly Access[],
): Promise<OpenWorld & { readonly troubles: readonly string[] }> {
  const path = join(suite, file);
  const read = readWorld(path);
  if (!read.ok) throw new Error(read.problems.map(formatProblem).join('\n'));
  const troubles: string[] = [];
  const onTrouble = (text: string) => void troubles.push(text);
  const open = await openWorld(read.world, { file: path, suite, speed: 1, runs: false, onTrouble });
  for (const { key, account } of access) {
    open.lab.aws.sts.addKey(key, { account, principal: `arn:aws:iam::${account}:user/conformance` });
  }
  return { ...open, troubles };
}

/** What the lab has met and does not have. */
export function unmodelled({ lab, troubles }: Awaited<ReturnType<typeof openAws>>): readonly string[] {
  return [...troubles, ...lab.aws.handler.unmodelled.map(call => `the lab does not model ${call}`)];
}
