import type { Ec2World } from '../../../aws/ec2/world.ts';
import type { Step, World } from '../../schema.ts';
import type { Stage } from '../../stage.ts';
import type { instanceHappenings } from './schema.ts';

export type InstanceWord = keyof typeof instanceHappenings;

/** Makes the instances of a scenario; EC2 was loaded because it has some. */
export function prepareInstances(ec2: Ec2World | undefined, { aws }: World): void {
  for (const { account, id, zone, state = 'running', instance = 'ok', system = 'ok' } of aws.instances ?? []) {
    placeOf(ec2, account, aws.region).put({ id, zone: zone ?? `${aws.region}a`, state, instance, system });
  }
}

export function happenToInstances({ lab, scenario }: Stage, happening: Pick<Step, InstanceWord>): void {
  const change = happening['set-instance'];
  if (change === undefined) return;
  const { account, id, state, instance, system } = change;
  placeOf(lab.aws.ec2, account, scenario.aws.region).change(id, {
    ...(state === undefined ? {} : { state }),
    ...(instance === undefined ? {} : { instance }),
    ...(system === undefined ? {} : { system }),
  });
}

function placeOf(ec2: Ec2World | undefined, account: string, region: string) {
  if (ec2 === undefined) throw new Error('this scenario has no instances: name them under `aws`');
  return ec2.at(account, region);
}
