import { describe, expect, test } from '@jest/globals';
import { formatBytes } from '#core/bytes';
import { parseLimit } from '#core/flow/limit';
import { metricNames, metrics } from '#core/flow/metrics';

const MINUTE = 60_000;

describe('limits as runbooks print them', () => {
  test.each([
    ['ecs-cpu > 80%', 'ecs-cpu', '>', 80, 'percent', undefined],
    ['ecs-memory >= 92.5%', 'ecs-memory', '>=', 92.5, 'percent', undefined],
    ['alb-5xx > 10 per 5m', 'alb-5xx', '>', 10, 'count', 5 * MINUTE],
    ['alb-5xx > 5%', 'alb-5xx', '>', 5, 'percent', undefined],
    ['api-5xx > 5%', 'api-5xx', '>', 5, 'percent', undefined],
    ['lambda-duration > 10s', 'lambda-duration', '>', 10_000, 'milliseconds', undefined],
    ['alb-5xx > 5% per 1h', 'alb-5xx', '>', 5, 'percent', 60 * MINUTE],
    ['unhealthy-targets>0', 'unhealthy-targets', '>', 0, 'count', undefined],
    ['rds-connections  >  80', 'rds-connections', '>', 80, 'count', undefined],
    ['rds-storage < 5GB', 'rds-storage', '<', 5e9, 'bytes', undefined],
    ['rds-storage <= 5GiB', 'rds-storage', '<=', 5 * 2 ** 30, 'bytes', undefined],
    ['response-time >= 1s', 'response-time', '>=', 1000, 'milliseconds', undefined],
    ['response-time > 1.5s', 'response-time', '>', 1500, 'milliseconds', undefined],
    ['response-time > 250ms', 'response-time', '>', 250, 'milliseconds', undefined],
  ])('%s', (text, metric, comparison, value, unit, window) => {
    expect(parseLimit(text)).toEqual({
      ok: true,
      value: { text, metric, comparison, threshold: { value, unit }, ...(window === undefined ? {} : { window }) },
    });
  });

  test.each(metricNames)('the example of %s is one', name => {
    expect(parseLimit(metrics[name].example)).toMatchObject({ ok: true, value: { metric: name } });
  });
});

describe('a limit that is none says where and why', () => {
  test.each([
    ['', undefined, 'the limit is empty'],
    ['ecs-cpuu > 80%', 0, '`ecs-cpuu` is not a metric'],
    ['toString > 80%', 0, '`toString` is not a metric'],
    ['ecs-cpu', 7, 'the comparison is missing'],
    ['ecs-cpu 80%', 8, '`80%` is not a comparison'],
    ['ecs-cpu => 80%', 8, '`=>` is not a comparison'],
    ['ecs-cpu < 80%', 8, '`<` would fail while all is well: this metric is bad when it is above the limit'],
    ['rds-storage > 5GB', 12, '`>` would fail while all is well: this metric is bad when it is below the limit'],
    ['ecs-cpu >', 9, 'the number is missing'],
    ['ecs-cpu > high', 10, '`high` is not a number'],
    ['ecs-cpu > 80', 12, 'the number has no unit'],
    ['ecs-cpu > 80GB', 12, '`GB` is not a unit of this metric'],
    ['rds-storage < 5gb', 15, '`gb` is not a unit'],
    ['rds-connections > 1.5', 18, 'a count is a whole number'],
    ['alb-5xx > 10', 12, 'does not say in which time'],
    ['alb-5xx > 10 in 5m', 13, '`in` is not expected here'],
    ['alb-5xx > 10 per', 16, 'the time after `per` is missing'],
    ['alb-5xx > 10 per 5', 18, 'the duration `5` does not say its unit'],
    ['alb-5xx > 10 per 90s', 17, 'metrics are counted in whole minutes'],
    ['alb-5xx > 10 per 5m please', 20, '`please` is not expected here'],
    ['ecs-cpu > 80% per 5m', 14, '`ecs-cpu` is not counted per time'],
  ])('%s', (text, offset, message) => {
    const result = parseLimit(text);
    expect(result).toMatchObject({ ok: false, message });
    if (!result.ok) expect(result.offset).toBe(offset);
  });
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1500, '1.5 kB'],
  [5e9, '5 GB'],
  [4_249_000_000, '4.2 GB'],
])('%d bytes are shown as %s', (bytes, shown) => {
  expect(formatBytes(bytes)).toBe(shown);
});
