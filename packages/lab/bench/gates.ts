import { type GateRun, judgeGates, openGates, planText, reviews } from './gates-run.ts';
import type { Mark, Measurement } from './marks.ts';
import { median } from './statistics.ts';
import { table } from './table.ts';

/** Each is judged so often; medians. */
const times = 5;

const components = 20;
/** With those that every release has: holds, lock, way back, approval. */
const rules = 10;

const gates = `    window: { zone: UTC, require: Mon-Sun, takes: 1h }
    freeze: { zone: UTC, dates: 2099-12-31, holidays: .github/holidays.yml, while-open: incident, takes: 1h }
    reviews: [{ count: 2 }, { count: 1, by: lena }]
    no-open-issues: critical
`;

/** What the gates cannot do without: a page of issues for each label, the default branch and its file, the pull request, its commits. */
const needed = 2 + 2 + 1 + 1;

/** GitHub’s pages of a list hold a hundred. */
const pagesOfReviews = Math.ceil((reviews + 2) / 100);

/** `bench gates`: the gate of a large release under many rules, by the calls and the time that it takes, against one without conditions. */
export async function benchGates(suite: string): Promise<Measurement> {
  const world = await openGates();
  try {
    const large = planText(world.sha, components, gates);
    const small = planText(world.sha, 1, '');
    const runs: GateRun[] = [];
    const bare: GateRun[] = [];
    // Interleaved, so that a slow minute of the machine is in both.
    for (let time = 0; time < times; time += 1) {
      runs.push(await judgeGates(suite, world, large));
      bare.push(await judgeGates(suite, world, small));
    }
    const [run, least] = [runs[0], bare[0]];
    if (run === undefined || least === undefined) throw new Error('nothing was judged');
    if (run.rules < rules) throw new Error(`only ${run.rules} rules were judged`);
    const wall = median(runs.map(({ milliseconds }) => milliseconds));
    const alone = median(bare.map(({ milliseconds }) => milliseconds));
    console.log(
      table(
        ['components', 'rules', 'calls', 'ms'],
        [
          [components, run.rules, run.calls.length, Math.round(wall)],
          [1, least.rules, least.calls.length, Math.round(alone)],
        ],
      ),
    );
    return {
      name: 'gates',
      marks: [
        mark('calls', run.calls.length, least.calls.length + needed + pagesOfReviews),
        mark('pages of reviews', run.calls.filter(call => call.endsWith('/reviews')).length, pagesOfReviews),
        mark('time, by that of a release without conditions', wall / alone, 2),
      ],
      details: { components, rules: run.rules, calls: run.calls, wall, alone },
    };
  } finally {
    await world.close();
  }
}

function mark(what: string, found: number, atMost: number): Mark {
  return { what, found, atMost, unit: '' };
}
