import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ReportData } from '#lab/report/data';
import { scenarioVerdict } from '#lab/report/page/verdict';
import { renderReport, writeReport } from '#lab/report/report';
import { log } from './fixture/build.ts';
import { fixture, missed } from './fixture.ts';

const page = renderReport(fixture);
const all = (pattern: RegExp, text = page) => [...text.matchAll(pattern)].map(([, found = '']) => found);
const part = (id: string) => {
  const [, found = ''] = new RegExp(`id="${id}"([\\s\\S]*?)</article>`).exec(page) ?? [];
  return found;
};

describe('one file that needs nothing but itself', () => {
  test('nothing is loaded', () => {
    expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base|form)\b|\ssrc=|@import|url\(/i);
  });

  test('its policy lets no other script run than its own, and that only as it is', () => {
    const [script = ''] = all(/<script>([\s\S]*?)<\/script>/g);
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(
      `default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; script-src &#39;sha256-${hash}&#39;`,
    );
    expect(all(/(<script)/g)).toHaveLength(1);
    expect(page).toContain('&#60;script&#62;alert(&#34;from a log&#34;)');
  });

  test('it is written with the folders that it needs', () => {
    const directory = mkdtempSync(join(tmpdir(), 'report-'));
    const file = join(directory, 'a/b/index.html');
    writeReport(fixture, file);
    expect(readFileSync(file, 'utf8')).toBe(page);
    rmSync(directory, { recursive: true });
  });

  test('the same data make the same page, also after a way through JSON', () => {
    expect(renderReport(JSON.parse(JSON.stringify(fixture)) as ReportData)).toBe(page);
  });

  test('huge logs make a page of at most 5 MB that keeps the end of each', () => {
    const lines = log(
      '2 09:00:00',
      Array.from({ length: 6_000 }, (_, index) => `line ${index} ${'x'.repeat(200)}`),
    );
    const runs = fixture.runs.map(run => ({
      ...run,
      jobs: run.jobs.map(job => ({ ...job, steps: job.steps.map(step => ({ ...step, log: lines })) })),
    }));
    const huge = renderReport({ ...fixture, runs });
    expect(Buffer.byteLength(huge)).toBeLessThanOrEqual(5_000_000);
    expect(huge.split('line 5999 ').length - 1).toBe(runs.flatMap(run => run.jobs.flatMap(job => job.steps)).length);
  });
});

describe('one finds one’s way', () => {
  test('anchors are unique, and every link within the page leads somewhere', () => {
    const ids = all(/\sid="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    expect(all(/href="#([^"]+)"/g).filter(target => !ids.includes(target))).toEqual([]);
  });

  test('every element is closed where it was opened', () => {
    const open: string[] = [];
    const body = page.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '');
    for (const [, slash, name = '', rest = ''] of body.matchAll(/<(\/?)([a-z][\w]*)([^>]*)>/g)) {
      if (/^(?:meta|br|hr|input|use)$/.test(name) || rest.endsWith('/')) continue;
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  test('the left column has every run in lab time, with event, actor, duration and conclusion', () => {
    const [side = ''] = all(/<nav class="side"([\s\S]*?)<\/nav>/g);
    expect(all(/href="#(run-\d+)"/g, side)).toEqual(fixture.runs.map(({ id }) => `run-${id}`));
    expect(side).toContain('Rollback #3 · workflow_dispatch main · mona');
    expect(side).toContain('10:00 · 17 min 1 s · failure');
  });

  test('a run of a second attempt has an anchor of its own', () => {
    const again = fixture.runs.slice(0, 1).map(run => ({ ...run, attempt: 2 }));
    const twice = renderReport({ ...fixture, runs: [...fixture.runs, ...again] });
    expect(twice).toContain('id="run-30433601-2"');
    expect(twice).toContain('Release #41, attempt 2');
  });
});

describe('the failed release', () => {
  const run = part('run-30433677');

  test('its job and the step that failed stand open, the others are folded', () => {
    expect(run).toMatch(/<details class="job" id="run-30433677-release-release" open>/);
    expect(run).toMatch(/<details class="job" id="run-30433677-release-plan">/);
    expect(all(/<details class="step (\w+)" open>/g, run)).toEqual(['bad']);
  });

  test('the graph says who let it in and how long that took', () => {
    expect(run).toContain('approved by olga after 11 min 30 s');
  });

  test('annotations: the error first, with where it came from', () => {
    const [list = ''] = all(/class="panel annotations">([\s\S]*?)<\/section>/g, run);
    expect(all(/<b>([^<]+)<\/b>/g, list)).toEqual(['deploy: failed (crash-loop)', 'hold']);
    expect(list).toContain('href="#run-30433677-release-release"');
  });

  test('summaries of one job stand together, as GitHub shows them', () => {
    expect(all(/<h4>Deploy 1.4.0 to prod<\/h4>|<h5>(Deploy 1.4.0 to prod|prod back to 1.3.0)<\/h5>/g, run)).toEqual([
      'Deploy 1.4.0 to prod',
      'prod back to 1.3.0',
    ]);
  });
});

test('environments show their rules and the newest deployment first, active or not', () => {
  const [prod = ''] = all(/<header><h3>prod<\/h3>([\s\S]*?)<\/section>/g);
  expect(prod).toContain('reviewed by mona, olga · nobody approves their own');
  expect(all(/<b>(Release [\d.]+)<\/b>/g, prod)).toEqual(['Release 1.5.0', 'Release 1.4.0', 'Release 1.3.0']);
  expect(all(/<span class="chip \w+">(\w+)<\/span>/g, prod)).toEqual(['Inactive', 'Failure', 'Active']);
});

test('a journal shows its page and every event as a sentence; what is no event is shown as it is', () => {
  expect(page).toContain('1.4.0 back to 1.3.0: crash-loop of 1.4.0');
  const [journal] = fixture.journals;
  if (journal === undefined) throw new Error('the fixture has no journal');
  const forged = { ...journal, events: [{ file: 'events/000001-verified.json', text: '{"forged": true}' }] };
  expect(renderReport({ ...fixture, journals: [forged] })).toContain('{&#34;forged&#34;: true}');
});

test('an empty scenario has a page too', () => {
  const nothing = { ...fixture, runs: [], chapters: [], moments: [], environments: [], journals: [], issues: [] };
  expect(renderReport(nothing)).toContain('<h1>A bad release comes back by itself</h1>');
});

describe('the verdict', () => {
  test.each([
    ['held', fixture, 'good', 'All 5 expectations held'],
    ['fell short', missed, 'bad', '1 of 6 expectations fell short'],
    ['nothing was expected', { ...fixture, expectations: [] }, 'neutral', 'Nothing was expected'],
    [
      'the lab broke, whatever held',
      { ...fixture, faults: ['not modelled'] },
      'bad',
      'The lab itself failed: nothing is proven',
    ],
  ])('%s', (_, data, look, word) => {
    expect(scenarioVerdict(data)).toEqual({ look, word });
    expect(renderReport(data)).toContain(`<b>${word}</b>`);
  });

  test('what fell short stands before what held, and says why', () => {
    const markup = renderReport(missed);
    expect(markup.indexOf('took 1 min 12 s.')).toBeLessThan(markup.indexOf('5 held'));
  });
});
