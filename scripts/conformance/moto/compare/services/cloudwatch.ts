import * as sdk from '@aws-sdk/client-cloudwatch';
import { account, region } from '../../server.ts';
import { comparison } from '../comparison.ts';

const [Namespace, MetricName] = ['Shop', 'Errors'];
const Dimensions = [{ Name: 'Service', Value: 'api' }];
const metric = {
  Namespace,
  MetricName,
  Dimensions,
  Statistic: 'Sum' as const,
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold' as const,
};
const alarms = ['shop-errors', 'shop-latency', 'other'];

/** Ten minutes that have ended long enough ago to be known whole, five values in each five of them. */
const begin = Math.floor(Date.now() / 300_000) * 300_000 - 1_200_000;
const values = [1, 2, 3, 4, 10, 5, 5, 5, 5, 5];
const samples = values.map((value, minute) => [begin + minute * 60_000, value] as const);

export const cloudwatch = comparison({
  service: 'cloudwatch',
  lab({ aws }) {
    const place = aws.cloudwatch.at(account, region);
    for (const name of alarms) place.putAlarm({ name, metric });
    place.putSeries({
      namespace: Namespace,
      name: MetricName,
      dimensions: { Service: 'api' },
      points: new Map(samples),
    });
  },
  async moto(client) {
    const cloudwatch = new sdk.CloudWatchClient(client);
    for (const AlarmName of alarms) {
      await cloudwatch.send(new sdk.PutMetricAlarmCommand({ AlarmName, ...metric }));
    }
    const MetricData = samples.map(([time, Value]) => ({
      MetricName,
      Dimensions,
      Timestamp: new Date(time),
      Value,
    }));
    await cloudwatch.send(new sdk.PutMetricDataCommand({ Namespace, MetricData }));
  },
  async play({ client, call }) {
    const cloudwatch = new sdk.CloudWatchClient(client);
    const describe = (input: sdk.DescribeAlarmsCommandInput) => cloudwatch.send(new sdk.DescribeAlarmsCommand(input));
    const set = (AlarmName: string, StateValue: sdk.StateValue) =>
      cloudwatch.send(new sdk.SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a person' }));
    const data = (Stat: string, name = MetricName) =>
      cloudwatch.send(
        new sdk.GetMetricDataCommand({
          StartTime: new Date(begin),
          EndTime: new Date(begin + 600_000),
          ScanBy: 'TimestampAscending',
          MetricDataQueries: [
            {
              Id: 'm1',
              MetricStat: {
                Metric: { Namespace, MetricName: name, Dimensions },
                Period: 300,
                Stat,
              },
            },
          ],
        }),
      );

    await call('alarms by name', () => describe({ AlarmNames: ['shop-latency', 'shop-errors', 'none'] }));
    await call('alarms by prefix', () => describe({ AlarmNamePrefix: 'shop-' }));
    await call('by both', () => describe({ AlarmNames: ['shop-errors'], AlarmNamePrefix: 'shop-' }));
    await call('an alarm goes off', () => set('shop-errors', 'ALARM'));
    await call('those that have', () => describe({ StateValue: 'ALARM' }));
    await call('it is well again', () => set('shop-errors', 'OK'));
    await call('it is', () => describe({ AlarmNames: ['shop-errors'] }));
    await call('a state that is none', () => set('shop-errors', 'BAD' as sdk.StateValue));
    await call('an alarm that is not there', () => set('none', 'OK'));
    for (const stat of ['Sum', 'Average', 'Maximum', 'Minimum', 'SampleCount']) {
      await call(`the ${stat} of five minutes`, () => data(stat));
    }
    await call('a metric that is not there', () => data('Sum', 'Nothing'));
  },
});
