import type { RunRecord } from '../runner/records.ts';
import type { Expectation } from './schema.ts';
import type { Stage } from './stage.ts';

/** The calls of AWS that the runs of the present step have made, as `ecs.UpdateService`, and when. */
function callsMade({ lab, callsFrom }: Stage) {
  return lab.aws.handler.calls.slice(callsFrom).map(({ at, service, operation, input, outcome }) => ({
    at,
    service,
    name: `${service}.${operation}`,
    // A call that was throttled, denied or lost on its way has done nothing.
    arrived: input !== undefined && !outcome.startsWith('AccessDenied'),
  }));
}

export function callShortfalls(stage: Stage, wanted: NonNullable<Expectation['calls']>): readonly string[] {
  const made = callsMade(stage);
  const times = (name: string) => made.filter(call => call.name === name).length;
  return [
    ...(wanted.made ?? [])
      .filter(name => !made.some(call => call.name === name && call.arrived))
      .map(name => `${name} was not called`),
    ...(wanted['not-made'] ?? [])
      .filter(name => made.some(call => covers(name, call)))
      .map(name => `${name} was called: ${made.map(call => call.name).join(', ')}`),
    ...Object.entries(wanted['at-most'] ?? {})
      .filter(([name, most]) => times(name) > most)
      .map(([name, most]) => `${name} was called ${times(name)} times, more than ${most}`),
    ...Object.entries(wanted.exactly ?? {})
      .filter(([name, number]) => times(name) !== number)
      .map(([name, number]) => `${name} was called ${times(name)} times, not ${number}`),
    ...Object.entries(wanted['a-minute'] ?? {}).flatMap(([name, most]) => {
      const busiest = busiestMinute(made.filter(call => covers(name, call)).map(call => call.at));
      return busiest > most ? [`${name} was called ${busiest} times in a minute, more than ${most}`] : [];
    }),
  ];
}

/** `ecs.*` is every call of a service, `*.*` every one. */
function covers(pattern: string, call: { readonly service: string; readonly name: string }): boolean {
  return pattern === '*.*' || pattern === call.name || pattern === `${call.service}.*`;
}

const minute = 60_000;

/** The most calls in any minute that begins with a call, between the first and the last of all. */
function busiestMinute(times: readonly number[]): number {
  const [first = 0] = times;
  const last = times.at(-1) ?? 0;
  const between = times.filter(time => time >= first + minute && time <= last - minute);
  if (between.length === 0) throw new Error('an expectation of calls a minute needs a run of more than two minutes');
  return Math.max(...between.map(from => between.filter(time => time >= from && time < from + minute).length));
}

/** Calls of the GitHub API with the tokens of runs; what the runner itself asks for does not go over the wire. */
export function githubCallShortfalls({ lab, githubCallsFrom }: Stage, wanted: number): readonly string[] {
  const made = lab.github.world.calls
    .slice(githubCallsFrom)
    .filter(call => call.runId !== undefined)
    .map(call => call.call);
  return made.length === wanted
    ? []
    : [`GitHub’s API was called ${made.length} times, not ${wanted}: ${made.join(', ')}`];
}

type Budget = NonNullable<NonNullable<Expectation['run']>['github-at-most']>;

/** What a whole run takes of the hourly limits that all jobs of a repository share. */
export function runCallShortfalls({ lab }: Stage, run: RunRecord, { requests, writes }: Budget): readonly string[] {
  const made = lab.github.world.calls.filter(({ runId }) => runId === run.id);
  return [
    ...tooMany(run, 'called GitHub’s API', made, requests),
    ...tooMany(
      run,
      'wrote to GitHub',
      made.filter(call => call.writes),
      writes,
    ),
  ];
}

function tooMany(
  { title }: RunRecord,
  what: string,
  calls: readonly { readonly call: string }[],
  most = calls.length,
): readonly string[] {
  if (calls.length <= most) return [];
  const counts = [...Map.groupBy(calls, ({ call }) => call)].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  const told = counts.map(([call, made]) => `${made.length} × ${call}`).join(', ');
  return [`run “${title}” ${what} ${calls.length} times, more than ${most}: ${told}`];
}
