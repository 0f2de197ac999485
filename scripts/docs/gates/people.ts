import type { GateFacts } from '#core/gate/facts';
import type { PullReview, ReviewedPull } from '#core/gate/lookups';
import type { Parked } from '#core/journal/state';
import { at, type Examples, judged, known, planUnder, release, run, some, stateOf } from './example.ts';

const open = { number: 12, url: 'https://github.com/acme/unifocus/issues/12', open: true };

function pull(number: number, title: string, ...approved: readonly string[]): ReviewedPull {
  const reviews = approved.map((login): PullReview => ({ login, state: 'approved', commit: 'head', belongs: true }));
  const url = `https://github.com/acme/unifocus/pull/${number}`;
  return { number, title, url, authors: ['dana'], head: 'head', reviews };
}

const asksNobody: Partial<GateFacts> = { stage: 'plan', approval: { kind: 'ahead', reviewers: [] } };

/** What people have said, ticked and asked for. */
export const people: Examples = {
  reviews: yaml => {
    const reviewed = judged(planUnder(yaml), ['reviews'], {
      found: { reviews: known(pull(7, 'Teams', 'lena', 'mia')) },
    });
    const owned = yaml.replace(/reviews: .*/, 'reviews: { count: 2, code-owners: true }');
    const groups = [{ owners: ['otto'], files: 1, some: ['api/teams.js'] }];
    const codeOwners = { file: '.github/CODEOWNERS', groups };
    const owners = judged(planUnder(owned), ['code owners'], {
      found: { reviews: known({ ...pull(7, 'Teams', 'lena', 'mia'), codeOwners }) },
    });
    return [[...reviewed, ...owners]];
  },
  checklist: yaml => {
    const boxes = ['The release notes are written', 'Support knows'].map(text => ({ text }));
    const plan = planUnder(yaml, { checklist: { boxes, body: boxes.map(({ text }) => `- [ ] ${text}`).join('\n') } });
    const said = (...ticked: readonly { readonly text: string; readonly ticked: boolean }[]) =>
      judged(plan, ['checklist'], { found: { checklist: known({ ...open, boxes: ticked }) } });
    const notes = { text: 'The release notes are written', ticked: true };
    return [[...said(notes, { text: 'Support knows', ticked: false }), ...said(notes)]];
  },
  approve: yaml => {
    const plan = planUnder(yaml);
    const agreed = [{ login: 'lena', at: '2026-11-17T00:10:00Z', comment: '', subject: 'as shown', dispatched: true }];
    const state = stateOf('prod', '1.3.0');
    const dispatch = { login: 'dana', triggeredBy: 'dana', attempt: 1, event: 'workflow_dispatch', comment: '' };
    const goesOn = { by: 'approve', since: '2026-11-17T00:05:00Z' } as const;
    const word = { ...asksNobody, approval: { kind: 'ahead', reviewers: [], dispatch } } as const;
    const rejection = { login: 'otto', comment: 'the migration is not reviewed', run: run(7, 'otto') };
    const back = planUnder(yaml, {
      ...{ operation: 'rollback', why: 'logins fail', request: { id: 8, run: 8 } },
      ...{ release: release('1.3.0'), from: release('1.4.0'), runs: release('1.4.0') },
    });
    const wish = { id: 8, why: 'logins fail', originators: ['mia'], subject: 'as shown' };
    const rollback = {
      ...{ release: release('1.3.0'), reason: 'approval-missing', missing: ['lena', 'otto'], request: wish },
      ...{ since: '2026-11-17T00:51:00Z', run: run(8, 'mia') },
    };
    return [
      [
        ...judged(plan, ['approval'], { ...asksNobody, agreed }),
        ...judged(planUnder(yaml, { goesOn }), ['operation'], { ...word, state }),
        ...judged(plan, ['rejection'], { rejections: [rejection] }),
        ...judged(back, ['approval'], asksNobody),
        ...judged(plan, ['rollback that waits'], { state: { ...state, rollbacks: [rollback] } }),
      ],
    ];
  },
  Several: yaml => {
    const request = { ref: 'refs/tags/v1.3.0', originators: ['dana'], components: ['api'], subject: 'as shown' };
    const waits: Parked = {
      ...{ release: release('1.3.0'), reason: 'window-closed', missing: [], request },
      ...{ since: '2026-11-16T07:00:00Z', run: run(5) },
    };
    return [judged(planUnder(yaml), ['queue'], { state: { ...stateOf('prod', '1.2.0'), parked: [waits] } })];
  },
  'break-glass': yaml => {
    const gates = `    window: { zone: Australia/Brisbane, require: 'Tue-Thu 09:00-17:00', takes: 1h }
    reviews: { count: 2 }
`;
    // What the emergency needs all the same is said of one that breaks \`reviews\`.
    const broken = yaml.replace('soak, after]', 'reviews]').replace('by: ops', 'by: ops, reviews: { by: seniors }');
    const flow = `roles: { ops: [otto], seniors: [lena] }\n${broken}${gates}`;
    const glass = { rules: ['window'], reason: 'nobody can log in', incident: 'https://status.example.com/7' } as const;
    const found = { window: known(null), reviews: known(pull(9, 'Logins')) };
    const facts: Partial<GateFacts> = {
      ...{ now: at('2026-11-16T01:00'), found },
      overdue: [
        {
          ...{ version: '1.3.1', due: '2026-11-17T01:14:00Z' },
          issue: { url: 'https://github.com/acme/unifocus/issues/2', open: true },
        },
      ],
    };
    const both = planUnder(flow, { glass: { ...glass, rules: ['window', 'reviews'] } });
    return [
      [
        ...judged(planUnder(flow, { glass }), ['break-glass', 'window'], facts),
        ...some(judged(both, ['emergency reviews'], facts), 0),
        ...judged(planUnder(flow, { glass }), ['emergency review'], facts),
      ],
    ];
  },
};
