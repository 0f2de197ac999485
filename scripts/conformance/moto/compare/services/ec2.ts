import * as sdk from '@aws-sdk/client-ec2';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

/** One instance runs, one is stopped. */
export const ec2 = comparison<{ readonly runs: string; readonly stopped: string }>({
  service: 'ec2',
  lab({ aws }) {
    const place = aws.ec2.at(account, region);
    const known = { runs: 'i-0000000000000000a', stopped: 'i-0000000000000000b' };
    const usual = { zone: `${region}a`, instance: 'ok', system: 'ok' } as const;
    place.put({ id: known.runs, state: 'running', ...usual });
    place.put({ id: known.stopped, state: 'stopped', ...usual });
    return known;
  },
  async moto(client) {
    const ec2 = new sdk.EC2Client(client);
    const run = async () => {
      const { Instances } = await ec2.send(
        new sdk.RunInstancesCommand({
          ImageId: 'ami-12345678',
          InstanceType: 't3.micro',
          MinCount: 1,
          MaxCount: 1,
          Placement: { AvailabilityZone: `${region}a` },
        }),
      );
      return Instances?.[0]?.InstanceId ?? '';
    };
    const known = { runs: await run(), stopped: await run() };
    await ec2.send(new sdk.StopInstancesCommand({ InstanceIds: [known.stopped] }));
    return known;
  },
  async play({ client, call }, { runs, stopped }) {
    const ec2 = new sdk.EC2Client(client);
    const status = (input: sdk.DescribeInstanceStatusCommandInput) =>
      ec2.send(new sdk.DescribeInstanceStatusCommand(input));
    await call('an instance that runs', () => status({ InstanceIds: [runs] }));
    await call('one that is stopped is left out', () => status({ InstanceIds: [stopped] }));
    await call('unless it is asked for', () => status({ InstanceIds: [stopped], IncludeAllInstances: true }));
    await call('one that is not there', () => status({ InstanceIds: ['i-0123456789abcdef0'] }));
    await call('an id that is none', () => status({ InstanceIds: ['web'] }));
  },
});
