import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLab, job, jobsOf, type Lab, logOf, steps, stepsOf, workflow } from './lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await createLab();
});
afterEach(() => lab.close());

/** Does something once a step of this name has been running for a minute of lab time. */
function during(name: string, act: (runId: number) => void): void {
  const check = () => {
    const event = lab.events.find(one => one.kind === 'step-started' && one.step.name === name);
    if (event) act(event.run.id);
    else lab.clock.at(lab.clock.now() + 60_000, check);
  };
  lab.clock.at(lab.clock.now() + 60_000, check);
}

const cancel = (runId: number) =>
  void lab.runner.request({ kind: 'cancel', repository: 'acme/shop', runId, by: 'bob', force: false });

/** A node action that says what it receives. */
const patient = (onInterrupt: string, wait = 3_600_000) => ({
  'patient/action.yml': 'name: P\ndescription: Waits\nruns: { using: node24, main: main.js, post: post.js }',
  'patient/main.js': `const t = setTimeout(() => {}, ${wait}); const from = Date.now();
const say = text => console.log(text + ' after ' + (Date.now() - from) / 1000 + ' s');
process.on('SIGINT', () => { say('SIGINT'); ${onInterrupt} });
process.on('SIGTERM', () => say('SIGTERM'));`,
  'patient/post.js': 'console.log("post ran")',
});

describe('a cancellation', () => {
  test('interrupts the step; only what asks for it runs afterwards, and post scripts do', async () => {
    during('wait', cancel);
    const run = await lab.push({
      ...steps(
        '- { name: wait, uses: $/patient }\n- { name: next, run: "true" }\n- { name: tidy, if: cancelled(), run: "true" }\n- { name: always, if: always(), run: "true" }',
      ),
      ...patient('say("tidied"); clearTimeout(t);'),
    });
    const record = job(run, 'work');
    expect(stepsOf(record)).toEqual({
      wait: 'cancelled',
      next: 'skipped',
      tidy: 'success',
      always: 'success',
      'Post wait': 'success',
    });
    expect(logOf(record)).toContain('SIGINT after 60 s\ntidied after 60 s');
    expect([record.conclusion, run.conclusion]).toEqual(['cancelled', 'cancelled']);
  });

  test('a step that does not listen gets SIGTERM after 7.5 s and is killed 2.5 s later', async () => {
    during('wait', cancel);
    const run = await lab.push({ ...steps('- { name: wait, uses: $/patient }'), ...patient('') });
    const record = job(run, 'work');
    expect(logOf(record)).toContain('SIGINT after 60 s\nSIGTERM after 67.5 s');
    const wait = record.steps.find(step => step.name === 'wait');
    expect((wait?.completedAt ?? 0) - (wait?.startedAt ?? 0)).toBe(70_000);
  });

  test('steps and jobs whose condition still holds go on', async () => {
    during('wait', cancel);
    const run = await lab.push({
      ...workflow(
        `a:\n  runs-on: x\n  steps: [{ name: wait, if: always(), uses: $/patient }, { name: next, run: "true" }]\nb:\n  if: always()\n  runs-on: x\n  steps: [{ run: sleep 10m }]\nc:\n  needs: a\n  if: cancelled()\n  runs-on: x\n  steps: [{ run: "true" }]\n`,
      ),
      ...patient('', 120_000),
    });
    expect(jobsOf(run)).toEqual({ a: 'cancelled', b: 'success', c: 'success' });
    expect(stepsOf(job(run, 'a'))).toMatchObject({ wait: 'success', next: 'skipped' });
  });

  test('everything is dead after five minutes', async () => {
    during('wait', cancel);
    const run = await lab.push({
      ...steps(
        '- { name: wait, uses: $/patient }\n- { name: tidy, if: always(), run: sleep 1h }\n- { name: more, if: always(), run: "true" }',
      ),
      ...patient('clearTimeout(t)'),
    });
    const record = job(run, 'work');
    expect((record.completedAt ?? 0) - (record.startedAt ?? 0)).toBe(60_000 + 5 * 60_000);
    expect(stepsOf(record)).toEqual({ wait: 'cancelled', tidy: undefined });
    expect(record.conclusion).toBe('cancelled');
  });
});

test('timeout-minutes cancels the job', async () => {
  const run = await lab.push(
    workflow(
      'a:\n  runs-on: x\n  timeout-minutes: 5\n  steps: [{ name: long, run: sleep 1h }, { name: last, if: always(), run: "true" }]\n',
    ),
  );
  expect(stepsOf(job(run, 'a'))).toEqual({ long: 'cancelled', last: 'success' });
  expect(job(run, 'a').annotations[0]?.message).toContain('exceeded the maximum execution time of 5 minutes');
  expect(run.conclusion).toBe('cancelled');
});

test('a machine that vanishes runs nothing more, and the job has failed', async () => {
  during('wait', runId => lab.runner.kill(runId, 'work'));
  const run = await lab.push({
    ...steps('- { name: wait, uses: $/patient }\n- { if: always(), run: "true" }'),
    ...patient(''),
  });
  const record = job(run, 'work');
  expect(record.conclusion).toBe('failure');
  expect(record.steps.map(step => [step.name, step.status])).toEqual([
    ['Set up job', 'completed'],
    ['wait', 'in_progress'],
  ]);
  expect(record.annotations[0]?.message).toContain('lost communication with the server');
  expect(logOf(record)).not.toContain('SIGINT');
});

describe('a re-run', () => {
  // Fails in the first attempt only.
  const files = workflow(`ok:
  runs-on: x
  outputs: { stamp: "\${{ steps.s.outputs.stamp }}" }
  steps: [{ id: s, run: 'echo stamp=\${{ github.run_attempt }} >> $GITHUB_OUTPUT' }]
flaky:
  needs: ok
  runs-on: x
  steps: [{ run: 'echo "stamp \${{ needs.ok.outputs.stamp }} by $GITHUB_TRIGGERING_ACTOR of $GITHUB_ACTOR"; test $GITHUB_RUN_ATTEMPT != 1' }]
after:
  needs: flaky
  runs-on: x
  steps: [{ run: "true" }]
`);
  const rerun = async (only: 'all' | 'failed') => {
    const { id } = await lab.push(files);
    await lab.runner.request({ kind: 'rerun', repository: 'acme/shop', runId: id, by: 'carol', only });
    return lab.settle();
  };

  test('of failed jobs keeps the others with their outputs, and runs those that were skipped behind them', async () => {
    const run = await rerun('failed');
    expect(run).toMatchObject({ attempt: 2, conclusion: 'success', actor: 'alice', triggeringActor: 'carol' });
    expect(run.jobs.map(each => [each.name, each.attempt])).toEqual([
      ['ok', 1],
      ['flaky', 2],
      ['after', 2],
    ]);
    expect(logOf(job(run, 'flaky'))).toContain('stamp 1 by carol of alice');
    expect([...lab.github.jobs.values()].filter(each => each.keptFrom !== undefined).map(each => each.name)).toEqual([
      'ok',
    ]);
    expect(lab.runner.runs.map(each => each.conclusion)).toEqual(['failure', 'success']);
  });

  test('of all jobs runs everything again', async () => {
    const run = await rerun('all');
    expect(run.jobs.map(each => [each.name, each.attempt])).toEqual([
      ['ok', 2],
      ['flaky', 2],
      ['after', 2],
    ]);
    expect(logOf(job(run, 'flaky'))).toContain('stamp 2');
  });
});

test('narration tells everything in order', async () => {
  await lab.push(steps('- run: echo hi'));
  const kinds = lab.events.filter(event => event.kind !== 'log').map(event => event.kind);
  expect(kinds.slice(0, 5)).toEqual(['run-created', 'run-started', 'job-created', 'job-started', 'step-started']);
  expect(kinds.slice(-3)).toEqual(['step-completed', 'job-completed', 'run-completed']);
  expect(lab.events.some(event => event.kind === 'log' && event.line.text === 'hi')).toBe(true);
});
