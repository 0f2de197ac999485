import { describe, expect, test } from '@jest/globals';
import { FindingError } from '#core/finding';
import { type GitHub, GitHubCallError } from '#github/client';
import { findIssue, keepComment, openIssueOnce } from '#github/issue-opened-once';
import { inEveryOrder, type Race } from './every-order.ts';

interface Issue {
  readonly number: number;
  readonly html_url: string;
  readonly body: string;
  readonly user: { readonly type: string };
  state: string;
  labels: readonly string[];
}

type Parameters = Readonly<Record<string, unknown>>;

/** The issues of one repository, as much of GitHub as those of releases use; any other call is an error of the test. */
function issueTracker({ turn, later }: Partial<Race> = {}) {
  const issues: Issue[] = [];
  const comments: { id: number; body: string; user: { type: string } }[] = [];
  let writes = 0;
  const open = ({ body, labels }: Parameters, type = 'Bot') => {
    const number = issues.length + 1;
    const issue = { number, html_url: `https://github.com/acme/unifocus/issues/${number}`, body: String(body) };
    const opened = { ...issue, user: { type }, state: 'open', labels: labels as readonly string[] };
    issues.push(opened);
    return { ...opened };
  };
  const effects: Readonly<Record<string, (parameters: Parameters) => unknown>> = {
    'GET /repos/{owner}/{repo}/issues': ({ labels }) =>
      issues
        .filter(issue => issue.labels.includes(String(labels)))
        .toReversed()
        .map(issue => ({ ...issue })),
    'POST /repos/{owner}/{repo}/issues': open,
    'PATCH /repos/{owner}/{repo}/issues/{issue_number}': ({ issue_number: number, state, labels }) => {
      const issue = issues.find(each => each.number === number);
      Object.assign(issue ?? {}, { state, labels });
      return issue;
    },
    'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': ({ body }) => {
      comments.push({ id: comments.length + 1, body: String(body), user: { type: 'Bot' } });
    },
    'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': ({ comment_id: id, body }) => {
      Object.assign(comments.find(each => each.id === id) ?? {}, { body });
    },
  };
  const github = (run: string): GitHub => ({
    owner: 'acme',
    name: 'unifocus',
    repository: 'acme/unifocus',
    async request<T>(route: string, parameters: Parameters = {}) {
      const effect = effects[route];
      if (effect === undefined) throw new Error(`the issues of releases have no business with ${route}`);
      if (!route.startsWith('GET')) writes += 1;
      const fate = (await turn?.(run, route.split(' ')[0] ?? '')) ?? 'answered';
      if (fate === 'lost-after') effect(parameters);
      if (fate === 'lands-late') later?.(() => void effect(parameters));
      if (fate !== 'answered') throw new GitHubCallError(0, route, 'socket hang up', []);
      return effect(parameters) as T;
    },
    paginate: async <T>() => comments as readonly unknown[] as readonly T[],
    graphql: () => Promise.reject(new Error('the issues of releases are read over REST')),
  });
  return { github, issues, comments, open, writes: () => writes };
}

const marker = '<!-- release-actions: unifocus to prod at abc -->';
const wanted = {
  title: 'Release unifocus 1.4.0 to prod',
  body: `- [ ] Ready\n${marker}`,
  marker,
  label: 'release-checklist',
};

/** As the gate does: opens one where there is none. */
async function findOrOpen(github: GitHub): Promise<number> {
  const found = (await findIssue(github, wanted)) ?? (await openIssueOnce(github, wanted));
  return found.number;
}

describe('two runs of one release ask for ticks at the same time: in every order of their calls they ask in one issue', () => {
  test('and close the other one', async () => {
    const plays = await inEveryOrder(race => {
      const tracker = issueTracker(race);
      const ask = (run: string) => () => findOrOpen(tracker.github(run));
      return {
        racers: { run1: ask('run1'), run2: ask('run2') },
        check(outcomes) {
          const numbers = Object.values(outcomes).map(each => (each.status === 'fulfilled' ? each.value : each.reason));
          expect(numbers).toEqual([1, 1]);
          expect(tracker.issues.filter(({ state }) => state === 'open').map(({ number }) => number)).toEqual([1]);
        },
      };
    });
    expect(plays).toBeGreaterThan(10);
  });

  test('whatever becomes of one of them being opened: lost before, lost after, landing late', async () => {
    await inEveryOrder(
      race => {
        const tracker = issueTracker(race);
        const ask = (run: string) => () => findOrOpen(tracker.github(run));
        return {
          racers: { run1: ask('run1'), run2: ask('run2') },
          async check({ run1, run2 }) {
            // One that does not know whether it opened an issue says so, and asks nobody.
            if (run1?.status === 'rejected') expect(run1.reason).toBeInstanceOf(FindingError);
            expect(run2?.status).toBe('fulfilled');
            const seen = await findIssue(issueTrackerOf(tracker.issues).github('run3'), wanted);
            expect(run2).toMatchObject({ value: seen?.number });
          },
        };
      },
      (run, call) => (run === 'run1' && call === 'POST' ? ['lost-before', 'lost-after', 'lands-late'] : []),
    );
  });
});

function issueTrackerOf(issues: readonly Issue[]) {
  const tracker = issueTracker();
  tracker.issues.push(...issues);
  return tracker;
}

test('what an outsider opens with the same marker is not the issue of the release', async () => {
  const tracker = issueTracker();
  tracker.open({ body: `- [x] Ready\n${marker}`, labels: ['release-checklist'] }, 'User');
  expect(await findIssue(tracker.github('run'), wanted)).toBeNull();
  expect(await openIssueOnce(tracker.github('run'), wanted)).toMatchObject({
    number: 2,
    boxes: [{ ticked: false }],
  });
});

test('a closed one is found again', async () => {
  const tracker = issueTracker();
  tracker.open({ ...wanted, labels: ['release-checklist'] });
  Object.assign(tracker.issues[0] ?? {}, { state: 'closed' });
  expect(await findIssue(tracker.github('run'), wanted)).toMatchObject({ number: 1, open: false });
});

test('the comment is written once, and then kept up to date only where it says something else', async () => {
  const { github, comments, writes } = issueTracker();
  comments.push({ id: 9, body: '<!-- rules --> I say so', user: { type: 'User' } });
  const keep = (body: string) => keepComment(github('run'), { issue: 1, marker: '<!-- rules -->', body });
  await keep('<!-- rules -->\nopen');
  await keep('<!-- rules -->\nopen\n');
  await keep('<!-- rules -->\nclosed');
  expect(comments.map(({ body }) => body)).toEqual(['<!-- rules --> I say so', '<!-- rules -->\nclosed']);
  expect(writes()).toBe(2);
});
