import { type AwsLab, createAws } from '../../../../packages/lab/assembly/aws.ts';
import { serve } from '../../../../packages/lab/assembly/servers.ts';
import { createEc2 } from '../../../../packages/lab/aws/ec2/ec2.ts';
import type { Ec2World } from '../../../../packages/lab/aws/ec2/world.ts';
import { createIam } from '../../../../packages/lab/aws/iam/iam.ts';
import { createRds } from '../../../../packages/lab/aws/rds/rds.ts';
import type { RdsWorld } from '../../../../packages/lab/aws/rds/world.ts';
import { createLabClock } from '../../../../packages/lab/clock/lab-clock.ts';
import { holdTime } from '../../../../packages/lab/scenario/held-time.ts';
import { account, type ClientConfig, clientOf } from '../server.ts';

/** The lab’s AWS on the loopback, in the account and region of moto. */
export interface LabSide {
  readonly aws: AwsLab & { readonly ec2: Ec2World; readonly rds: RdsWorld };
  readonly client: ClientConfig;
  /** Lets lab time pass, in ms: it stands still otherwise. */
  pass(milliseconds: number): Promise<void>;
  /** What the lab does not model, and its own mistakes. */
  readonly troubles: () => readonly string[];
  close(): Promise<void>;
}

export async function openLabSide(): Promise<LabSide> {
  // From the time by which SDKs sign; they follow the answers from there.
  const clock = createLabClock({ start: Date.now(), mode: 'jump' });
  const time = holdTime(clock);
  const defects: string[] = [];
  const [ec2, rds] = [createEc2(), createRds()];
  const aws = createAws({
    clock,
    keepWaiting: () => clock.keepWaiting(),
    oidc: { verify: () => ({ verdict: 'invalid', message: 'nobody makes tokens here' }) },
    ec2,
    rds,
    iam: createIam,
    onDefect: defect => defects.push(defect.message),
  });
  const served = await serve(aws.handler.handle);
  const client = clientOf(served.url);
  aws.sts.addKey(client.credentials.accessKeyId, { account, principal: `arn:aws:iam::${account}:user/conformance` });
  return {
    aws: { ...aws, ec2, rds },
    client,
    pass: milliseconds => time.pass(() => clock.sleep(milliseconds)),
    troubles: () => [...defects, ...aws.handler.unmodelled.map(call => `the lab does not model ${call}`)],
    async close() {
      await served.close();
      await clock.close();
    },
  };
}
