/** The story of the demo, as a finished scenario leaves it behind. */
import type { DeploymentState, DeploymentView, ReportData } from '#lab/report/data';
import { repository, time } from './fixture/build.ts';
import { journal } from './fixture/journal.ts';
import { releases } from './fixture/releases.ts';
import { runs } from './fixture/runs.ts';

function deployment(
  id: number,
  release: keyof typeof releases,
  run: number,
  statuses: readonly (readonly [string, DeploymentState, string])[],
): DeploymentView {
  const [first] = statuses;
  return {
    id,
    ref: releases[release].sha,
    sha: releases[release].sha,
    description: `Release ${release}`,
    creator: 'github-actions[bot]',
    at: time(first?.[0] ?? '2 09:00:00'),
    statuses: statuses.map(([at, state, description]) => ({
      state,
      description,
      creator: 'github-actions[bot]',
      at: time(at),
      environmentUrl: '',
      logUrl: `https://github.com/${repository}/actions/runs/${run}`,
    })),
  };
}

export const fixture: ReportData = {
  title: 'A bad release comes back by itself',
  description:
    'Unifocus goes from **dev** over **stage** to **prod**. One release crashes and one is wrong; both times 1.3.0 is what runs in the end.',
  repository,
  from: time('2 09:00:00'),
  until: time('3 17:25:18'),
  took: 38_400,
  chapters: [
    { id: 'a', title: 'A push to main goes to dev', from: time('2 09:00:00') },
    { id: 'b', title: 'The tag v1.3.0-stage goes to stage', from: time('2 10:30:00') },
    { id: 'c', title: 'v1.3.0 is approved and goes to prod', from: time('2 11:05:00') },
    {
      id: 'd',
      title: 'v1.4.0 crash-loops and is rolled back',
      text: 'Without a second click: the way back is part of the **same job**.',
      from: time('3 10:00:00'),
    },
    { id: 'e', title: 'v1.5.0 is healthy but wrong', from: time('3 14:05:00') },
  ],
  moments: [
    { at: time('2 09:00:00'), kind: 'person', text: 'alice pushes to main: Rooms can be filtered by floor' },
    { at: time('2 10:30:00'), kind: 'person', text: 'alice pushes the tag v1.3.0-stage' },
    { at: time('2 11:05:00'), kind: 'person', text: 'alice pushes the tag v1.3.0' },
    { at: time('2 11:39:32'), kind: 'person', text: 'olga approves prod: Looks good' },
    { at: time('3 10:00:00'), kind: 'person', text: 'alice pushes the tag v1.4.0' },
    { at: time('3 10:00:00'), kind: 'world', text: 'the image of 1.4.0 exits with code 1 after 8 s' },
    { at: time('3 10:12:02'), kind: 'person', text: 'olga approves prod' },
    { at: time('3 10:12:30'), kind: 'fault', text: 'DescribeServices answers ThrottlingException, twice' },
    { at: time('3 14:05:00'), kind: 'person', text: 'alice pushes the tag v1.5.0' },
    { at: time('3 14:39:32'), kind: 'person', text: 'olga approves prod' },
    { at: time('3 17:20:00'), kind: 'person', text: 'mona starts rollback.yml: Shift plans print the wrong week' },
    { at: time('3 17:22:02'), kind: 'person', text: 'olga approves prod' },
  ],
  runs,
  environments: [
    {
      name: 'dev',
      reviewers: [],
      preventSelfReview: false,
      waitMinutes: 0,
      deployments: [
        deployment(1, '1.3.0', 30433601, [
          ['2 09:01:43', 'in_progress', 'Deploying'],
          ['2 09:06:00', 'success', 'Verified'],
        ]),
      ],
    },
    {
      name: 'stage',
      reviewers: [],
      preventSelfReview: false,
      waitMinutes: 0,
      deployments: [
        deployment(2, '1.3.0', 30433617, [
          ['2 10:30:43', 'in_progress', 'Deploying'],
          ['2 10:58:40', 'success', 'Verified'],
        ]),
      ],
    },
    {
      name: 'prod',
      reviewers: ['mona', 'olga'],
      preventSelfReview: true,
      waitMinutes: 0,
      deployments: [
        deployment(3, '1.3.0', 30433642, [
          ['2 11:39:59', 'in_progress', 'Deploying'],
          ['2 12:48:21', 'success', 'Verified'],
          ['3 15:48:21', 'inactive', ''],
          ['3 17:24:50', 'success', 'Restored and verified'],
        ]),
        deployment(4, '1.4.0', 30433677, [
          ['3 10:12:27', 'in_progress', 'Deploying'],
          ['3 10:14:04', 'failure', 'The new tasks crash: exit code 1, twice.'],
        ]),
        deployment(5, '1.5.0', 30433690, [
          ['3 14:39:59', 'in_progress', 'Deploying'],
          ['3 15:48:21', 'success', 'Verified'],
          ['3 17:24:50', 'inactive', 'Rolled back by mona'],
        ]),
      ],
    },
  ],
  journals: [journal],
  issues: [
    {
      number: 7,
      title: '1.4.0 failed in prod and was rolled back to 1.3.0',
      state: 'open',
      pullRequest: false,
      author: 'github-actions[bot]',
      at: time('3 10:16:50'),
      labels: ['release', 'prod'],
      body: 'The new tasks crashed: exit code 1, twice. See [the run](https://github.com/unifocus/unifocus/actions/runs/30433677).\n\n- [x] rolled back\n- [ ] cause found',
      comments: [
        { author: 'alice', at: time('3 10:31:00'), body: 'The migration was missing from the image. <sub>Mine.</sub>' },
      ],
    },
  ],
  expectations: [
    { text: 'prod runs 1.3.0 in the end', held: true, source: 'demo.yml:71', chapter: 'e' },
    { text: 'stage verified 1.3.0 before prod was planned', held: true, source: 'demo.yml:38', chapter: 'c' },
    { text: 'v1.4.0 is rolled back without a second approval', held: true, source: 'demo.yml:52', chapter: 'd' },
    { text: '1.4.0 is held in prod', held: true, source: 'demo.yml:54', chapter: 'd' },
    { text: 'the crash is reported within 2 min of the deployment', held: true, source: 'demo.yml:56', chapter: 'd' },
  ],
  faults: [],
};

/** The same story where one expectation fell short. */
export const missed: ReportData = {
  ...fixture,
  expectations: [
    ...fixture.expectations,
    {
      text: 'rolling back takes at most 1 min',
      held: false,
      reason: 'The step rollback of run 30433677 took 1 min 12 s.',
      source: 'demo.yml:58',
      chapter: 'd',
    },
  ],
};
