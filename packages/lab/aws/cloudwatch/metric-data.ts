import type * as model from '@aws-sdk/client-cloudwatch';
import { modelOnly, NotModelled } from '../../wire/not-modelled.ts';
import { cutPage } from '../../wire/paging.ts';
import { ServiceError } from '../../wire/service.ts';
import { invalid } from './alarm-operations.ts';
import { type Series, samplesOf, seriesKey, statistic } from './series.ts';

/** Why the data of a metric is not complete. */
export type Incomplete = 'InternalError' | 'PartialData';

export interface Metrics {
  readonly series: Map<string, Series>;
  /** By the key of the series: what every answer about it says until it is taken away. */
  readonly incomplete: Map<string, Incomplete>;
}

interface Point {
  readonly id: string;
  readonly time: number;
  readonly value: number;
}

interface Query {
  readonly id: string;
  readonly label: string;
  readonly status: Incomplete | 'Complete';
  readonly points: readonly Point[];
}

const minute = 60_000;
const day = 24 * 60 * minute;
const mostPoints = 100_800;

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html : up to 500 queries, newest
 * first, StartTime rounded down and included, EndTime excluded. Metric math and Metrics Insights are not modelled.
 */
export function getMetricData(input: model.GetMetricDataCommandInput, metrics: Metrics, now: number) {
  modelOnly(input, 'MetricDataQueries', 'StartTime', 'EndTime', 'NextToken', 'ScanBy', 'MaxDatapoints');
  const { MetricDataQueries: queries = [], NextToken, MaxDatapoints: size = mostPoints } = input;
  const [start, end] = [input.StartTime?.getTime() ?? 0, input.EndTime?.getTime() ?? 0];
  checkRequest(queries, start, end, size);
  const ascending = input.ScanBy === 'TimestampAscending';
  const read = queries
    .filter(query => query.ReturnData !== false)
    .map(query => readQuery(query, metrics, start, end, now));
  const points = read.flatMap(query => (ascending ? query.points : query.points.toReversed()));
  const page = cutPage(points, [queries, start, end, ascending], NextToken, size);
  if (page === undefined) throw new ServiceError('InvalidNextToken', 'The next token is not valid.');
  const given = new Set(page.items);
  const later = points.slice(points.findLastIndex(point => given.has(point)) + 1);
  return {
    MetricDataResults: read.map(query => {
      const shown = page.items.filter(point => point.id === query.id);
      const goesOn = page.next !== undefined && later.some(point => point.id === query.id);
      return {
        Id: query.id,
        Label: query.label,
        Timestamps: shown.map(point => new Date(point.time)),
        Values: shown.map(point => point.value),
        StatusCode: query.status === 'Complete' && goesOn ? ('PartialData' as const) : query.status,
      };
    }),
    NextToken: page.next,
    Messages: [],
  };
}

function checkRequest(queries: readonly model.MetricDataQuery[], start: number, end: number, size: number): void {
  if (queries.length === 0) throw invalid('The parameter MetricDataQueries is required.');
  if (queries.length > 500) {
    throw invalid('The collection MetricDataQueries must not have a size greater than 500.');
  }
  if (start >= end) throw invalid('The parameter StartTime must be less than the parameter EndTime.');
  if (size < 1 || size > mostPoints) throw invalid(`The parameter MaxDatapoints must be between 1 and ${mostPoints}.`);
  const ids = queries.map(query => query.Id ?? '');
  const malformed = ids.find(id => !/^[a-z][A-Za-z0-9_]*$/.test(id));
  if (malformed !== undefined) throw invalid(`The value ${malformed} for parameter Id is not matching the pattern.`);
  if (new Set(ids).size < ids.length) throw invalid('The values for parameter Id in MetricDataQueries are not unique.');
  if (queries.every(query => query.ReturnData === false)) throw invalid('At least one query must return data.');
}

function readQuery(query: model.MetricDataQuery, metrics: Metrics, start: number, end: number, now: number): Query {
  const { Id: id = '', MetricStat: stat, Expression: expression } = query;
  if ((stat === undefined) === (expression === undefined)) {
    throw invalid(`The query ${id} needs either a MetricStat or an Expression.`);
  }
  if (stat === undefined) throw new NotModelled(`of the expression ${expression}`);
  if (query.AccountId !== undefined || query.Period !== undefined)
    throw new NotModelled('with AccountId or Period of a query');
  const dimensions = Object.fromEntries(
    (stat.Metric?.Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]),
  );
  const name = { namespace: stat.Metric?.Namespace ?? '', name: stat.Metric?.MetricName ?? '', dimensions };
  const key = seriesKey(name);
  const series = metrics.series.get(key);
  const points = series === undefined ? [] : pointsOf(id, stat, series, start, end, now);
  return { id, label: query.Label ?? name.name, status: metrics.incomplete.get(key) ?? 'Complete', points };
}

function pointsOf(
  id: string,
  stat: model.MetricStat,
  series: Series,
  start: number,
  end: number,
  now: number,
): Point[] {
  const { Period: period = 0, Stat: name = '', Unit: unit } = stat;
  if (![1, 5, 10, 20, 30].includes(period) && (period < 60 || period % 60 !== 0)) {
    throw invalid(`The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60: ${period}`);
  }
  if (statistic(name, [0]) === undefined) throw new NotModelled(`of the statistic ${name}`);
  // A unit selects, it never converts.
  if (unit !== undefined && unit !== (series.unit ?? 'None')) return [];
  if (period % coarsest(start, now) !== 0) return [];
  const width = period * 1000;
  const first = roundDown(start, period, now);
  const byPeriod = Map.groupBy(samplesOf(series, first, end, now), sample => Math.floor((sample.time - first) / width));
  return [...byPeriod]
    .sort(([a], [b]) => a - b)
    .map(([index, samples]) => ({
      id,
      time: first + index * width,
      value:
        statistic(
          name,
          samples.map(sample => sample.value),
        ) ?? Number.NaN,
    }));
}

/** "Use a multiple of …, or no data points in that time range is returned", in seconds by the age of StartTime. */
function coarsest(start: number, now: number): number {
  const age = now - start;
  if (age > 63 * day) return 3600;
  if (age > 15 * day) return 300;
  return age > 3 * 60 * minute ? 60 : 1;
}

/** How GetMetricData rounds StartTime: by the age of the data, finer for periods below a minute. */
function roundDown(start: number, period: number, now: number): number {
  const age = now - start;
  const usual = age > 63 * day ? 60 * minute : age > 15 * day ? 5 * minute : minute;
  const step = period < 60 ? period * 1000 : usual;
  return Math.floor(start / step) * step;
}
