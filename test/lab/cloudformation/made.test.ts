import { expect, test } from '@jest/globals';
import { stackPorts } from '../../../packages/lab/assembly/stack-ports.ts';
import { createCloudFormation } from '../../../packages/lab/aws/cloudformation/cloudformation.ts';
import { createDynamoDb } from '../../../packages/lab/aws/dynamodb/dynamodb.ts';
import { createS3 } from '../../../packages/lab/aws/s3/s3.ts';
import { createSns } from '../../../packages/lab/aws/sns/sns.ts';
import { manualClock } from '../wire/harness.ts';
import { place, shop } from './world.ts';

const recoverable = shop.replace(
  'BillingMode: PAY_PER_REQUEST',
  'BillingMode: PAY_PER_REQUEST\n      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }',
);

test('a stack makes its table and its topic, and changes them', async () => {
  const clock = manualClock();
  const [s3, dynamodb, sns] = [createS3({ clock }), createDynamoDb({ clock }), createSns({ clock })];
  const defects: Error[] = [];
  const { world } = createCloudFormation({
    clock,
    ports: stackPorts({ s3, dynamodb, sns }),
    onDefect: defect => defects.push(defect),
  });
  const table = () => dynamodb.at(place.account, place.region).table('shop-orders');
  const topic = () => {
    const arn = world.stack(place, 'shop')?.resources.get('Topic')?.physicalId ?? '';
    return sns.at(place.account, place.region).topic(arn.split(':').at(-1) ?? '');
  };
  world.putStack(place, { name: 'shop', template: shop });
  expect([table()?.recovery, topic()?.displayName]).toEqual([undefined, 'Shop 1']);

  world.update(place, 'shop', { template: recoverable, parameters: { Size: '3' } });
  for (let second = 0; second < 120; second += 1) {
    clock.advance(1000);
    await new Promise(resolve => setImmediate(resolve));
  }
  expect(world.stack(place, 'shop')?.status).toBe('UPDATE_COMPLETE');
  expect([table()?.recovery?.days, topic()?.displayName]).toEqual([35, 'Shop 3']);
  expect(defects).toEqual([]);
});
