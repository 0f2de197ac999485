import { expect, test } from '@jest/globals';
import type { Kit } from '#action-kit/kit';
import type { Flow } from '#core/flow/parse';
import type { RunReference } from '#core/release';
import { type GitHub, GitHubCallError } from '#github/client';
import { notAskedElsewhere } from '../../actions/validate-tag/asked-elsewhere.ts';
import { at, MINUTE, NOON, parkedEvent, release, run, stateAfter } from '../core/fixture.ts';

const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';

type Answer = { readonly status: string; readonly run_started_at?: string } | number;

/** GitHub’s answer about whatever run is asked for; a number is the status of an error. */
function gitHub(answer: Answer): GitHub {
  const request = async () => {
    if (typeof answer === 'number') throw new GitHubCallError(answer, route, 'no', []);
    return answer;
  };
  return { repository: 'acme/unifocus', request } as unknown as GitHub;
}

const [parked] = stateAfter([parkedEvent('1.4.0')]).parked;
const waits = { status: 'waiting', run_started_at: at(-30) };

async function left(
  answer: Answer,
  { of = '1.4.0', by = run(2), within }: { of?: string; by?: RunReference; within?: number },
) {
  const kit = { run: { run: run(1) }, clock: { now: () => NOON }, log: { info: () => undefined } } as unknown as Kit;
  const approve = within === undefined ? undefined : { within };
  const flow = { environments: { prod: { approve } } } as unknown as Flow;
  if (parked === undefined) throw new Error('nothing is parked');
  const asked = [{ release: release(of), run: by }];
  return (await notAskedElsewhere(kit, gitHub(answer), flow, [{ environment: 'prod', parked, asked }])).length === 0;
}

test.each<[string, Answer, Parameters<typeof left>[1], boolean]>([
  ['a run waits for its click', waits, {}, true],
  ['a run is at work', { ...waits, status: 'in_progress' }, {}, true],
  ['its click would be in time', waits, { within: 60 * MINUTE }, true],
  ['its click would come too late', waits, { within: 20 * MINUTE }, false],
  ['it has ended', { ...waits, status: 'completed' }, {}, false],
  ['somebody deleted it', 404, {}, false],
  ['whether it lives cannot be read', 403, {}, false],
  ['nobody says when it began', { status: 'waiting' }, {}, false],
  ['it is this run', waits, { by: run(1) }, false],
  ['it asks for another release', waits, { of: '1.5.0' }, false],
  ['it is of another repository', waits, { by: { ...run(2), repository: 'acme/other' } }, false],
])('what waits is left to another run: %s', async (_name, answer, facts, expected) => {
  expect(await left(answer, facts)).toBe(expected);
});
