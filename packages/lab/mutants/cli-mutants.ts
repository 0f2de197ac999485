import type { Mutant } from './mutant.ts';

const wrong = ['cli/doctor-finds-what-is-wrong'];
const inAws = ['cli/doctor-looks-into-aws'];

/** Faults in what people are told: by the commands, and on their pull requests. */
export const cliMutants: readonly Mutant[] = [
  {
    name: 'a verdict that does not follow from its facts is the same',
    edits: [
      { file: 'packages/core/gate/replay.ts', before: 'differences.length === 0', after: 'differences.length >= 0' },
    ],
    tries: ['cli/verdicts-follow-from-their-facts'],
  },
  {
    name: 'a verdict is judged again on all of the journal, and not as it was then',
    edits: [{ file: 'packages/core/gate/replay.ts', before: '.slice(0, sequence)', after: '.slice(sequence)' }],
    tries: ['cli/verdicts-follow-from-their-facts'],
  },
  {
    name: 'the doctor takes what it could not read for fine',
    edits: [{ file: 'packages/core/doctor/finding.ts', before: "is: 'unknown', message", after: "is: 'ok', message" }],
    tries: ['cli/doctor-finds-nothing-wrong'],
  },
  {
    name: 'the doctor overlooks an environment that GitHub does not have',
    edits: [
      {
        file: 'packages/core/doctor/environments.ts',
        before: 'if (settings === null) {',
        after: 'if (settings === null) return [];\n  if (settings === undefined) {',
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks who is not asked',
    edits: [
      {
        file: 'packages/core/doctor/environments.ts',
        before: '!reviewers.some(reviewer => isSame(approver, reviewer))',
        after: 'reviewers.every(reviewer => reviewer === approver.kind)',
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks that a rollback may not enter',
    edits: [
      {
        file: 'packages/core/doctor/environments.ts',
        before: "return there ? rules : [...rules, { kind: 'branch', pattern: defaultBranch }];",
        after: 'return there ? rules : [...rules];',
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks that a journal can be pushed back',
    edits: [
      {
        file: 'packages/core/doctor/branches.ts',
        before: "['deletion', 'non_fast_forward'] as const",
        after: "['deletion'] as const",
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks that a release tag can be moved',
    edits: [{ file: 'packages/core/doctor/tags.ts', before: "['update', 'deletion']", after: "['deletion']" }],
    tries: wrong,
  },
  {
    name: 'the doctor takes a ruleset for some tags for one for all',
    edits: [{ file: 'packages/core/doctor/tags.ts', before: 'include.some(matches)', after: 'include.length > 0' }],
    tries: wrong,
  },
  {
    name: 'the doctor overlooks who may pass by a ruleset',
    edits: [
      {
        file: 'packages/core/doctor/bypass.ts',
        before: 'counts(actor) && !administrates(actor)',
        after: 'counts(actor) && !administrates(actor) && actor.id === undefined',
      },
    ],
    tries: ['cli/doctor-and-the-bypass-list'],
  },
  {
    name: 'the doctor overlooks who passes by a ruleset without a trace',
    edits: [{ file: 'packages/core/doctor/bypass.ts', before: "mode !== 'pull_request'", after: "mode === 'always'" }],
    tries: ['cli/doctor-and-the-bypass-list'],
  },
  {
    name: 'the doctor takes whoever may pass in pull requests for somebody who may do anything',
    edits: [{ file: 'packages/core/doctor/bypass.ts', before: "mode !== 'pull_request'", after: "mode !== ''" }],
    tries: ['cli/doctor-and-the-bypass-list'],
  },
  {
    name: 'the doctor does not see that another ruleset keeps a tag where it is',
    edits: [
      {
        file: 'packages/core/doctor/bypass.ts',
        before: ' && !rulesets.some(keeps)',
        after: ' && !rulesets.every(keeps)',
      },
    ],
    tries: ['cli/doctor-and-the-bypass-list'],
  },
  {
    name: 'the doctor takes a bypass list that it may not see for an empty one',
    edits: [
      {
        file: 'packages/github/rulesets.ts',
        before: 'if (actors !== undefined) return { known: true, value: actors.map(actorOf) };',
        after: 'if (actors !== null) return { known: true, value: (actors ?? []).map(actorOf) };',
      },
    ],
    tries: ['cli/doctor-in-a-job', 'cli/doctor-finds-nothing-wrong'],
  },
  {
    name: 'the doctor overlooks what else may enter an environment',
    edits: [
      {
        file: 'packages/core/doctor/environments.ts',
        before: 'refused.length === 0 && strays.length === 0',
        after: 'refused.length === 0',
      },
      {
        file: 'packages/core/doctor/environments.ts',
        before: '...(strays.length === 0',
        after: '...(strays.length > -1',
      },
    ],
    tries: wrong,
  },
  {
    name: 'the doctor takes classic protection that it may not read for none',
    edits: [
      {
        file: 'packages/core/doctor/rules.ts',
        before: "unread === undefined || finding.is === 'ok'",
        after: 'unread === undefined || finding.evidence.branch !== undefined',
      },
    ],
    tries: ['cli/doctor-and-classic-protection'],
  },
  {
    name: 'the doctor does not count classic protection',
    edits: [
      {
        file: 'packages/github/rules.ts',
        before: 'if (!(await isProtected(github, branch))) return [];',
        after: 'if ((await isProtected(github, branch)) !== undefined) return [];',
      },
    ],
    tries: ['cli/doctor-and-classic-protection'],
  },
  {
    name: 'the doctor overlooks whom a role lets in besides',
    edits: [
      {
        file: 'packages/core/doctor/trust/examine.ts',
        before: "admits(policy, each) !== 'no'",
        after: "admits(policy, each) === 'no'",
      },
    ],
    tries: inAws,
  },
  {
    name: 'the doctor overlooks that a role does not let in the release',
    edits: [
      {
        file: 'packages/core/doctor/trust/examine.ts',
        before: "if (letIn === 'no') wrongs.push",
        after: "if (letIn === 'no') unclears.splice",
      },
    ],
    tries: inAws,
  },
  {
    name: 'the doctor overlooks whom the role that looks lets in besides',
    edits: [
      {
        file: 'packages/core/doctor/trust/examine.ts',
        before: 'strangersTo: outsidersTo,',
        after: 'strangersTo: () => [],',
      },
    ],
    tries: inAws,
  },
  {
    name: 'the doctor overlooks that the role that looks does not let in the release job',
    edits: [{ file: 'packages/core/doctor/trust/readers.ts', before: ', `environment:${name}`]', after: ']' }],
    tries: inAws,
  },
  {
    name: 'the doctor overlooks that nothing lets go on what waits',
    edits: [
      {
        file: 'packages/core/doctor/operations.ts',
        before: '  return [wrong(about, message, { next }, evidence)];',
        after: '  return [ok(about, `${message} ${next}`, evidence)];',
      },
    ],
    tries: ['cli/doctor-finds-what-is-wrong'],
  },
  {
    name: 'the doctor takes the role of another account for the one that is meant',
    edits: [
      {
        file: 'packages/targets/look.ts',
        before: 'wanted === undefined || wanted === account',
        after: 'wanted === undefined || wanted !== undefined',
      },
    ],
    tries: inAws,
  },
  {
    name: 'the doctor takes what is not in AWS for there',
    edits: [
      {
        file: 'packages/core/doctor/aws.ts',
        before: 'problems.value.map(',
        after: 'problems.value.slice(1).map(',
      },
    ],
    tries: inAws,
  },
  {
    name: 'the doctor on a pull request is green where something is wrong',
    edits: [
      {
        file: 'packages/core/doctor/report.ts',
        before: "wrong: { verdict: 'fail'",
        after: "wrong: { verdict: 'pass'",
      },
    ],
    tries: ['pull-requests/helios-before-the-merge'],
  },
  {
    name: 'a pull request is judged by who reviewed what was merged before, and not by its own reviews',
    edits: [
      {
        file: 'actions/gate-approval/gate-approval.ts',
        before: "typeof number === 'number' ? number",
        after: "typeof number === 'string' ? 1",
      },
    ],
    tries: ['pull-requests/helios-before-the-merge'],
  },
  {
    name: 'a pull request is judged without the boxes of its checklist',
    edits: [
      {
        file: 'actions/check-flow/check-flow.ts',
        before: '...(checklist === undefined ? {} : { checklist })',
        after: '...(checklist === undefined ? {} : {})',
      },
    ],
    tries: ['pull-requests/helios-before-the-merge'],
  },
  {
    name: 'a strict doctor takes what it could not read for fine',
    edits: [
      {
        file: 'actions/doctor/doctor.ts',
        before: "strict || verdict !== 'inconclusive'",
        after: "verdict !== 'inconclusive' && verdict !== 'fail'",
      },
    ],
    tries: ['cli/doctor-in-a-job'],
  },
  {
    name: 'the doctor overlooks a permission that a caller does not grant',
    edits: [
      {
        file: 'packages/core/doctor/callers.ts',
        before: "given === 'write' || given === level",
        after: "given !== 'none'",
      },
    ],
    tries: wrong,
  },
  {
    name: 'a pull request is not told of the version that its tag would have',
    edits: [{ file: 'packages/core/tags/next-tag.ts', before: 'declared ?? begun', after: 'begun' }],
    tries: ['pull-requests/checked-before-the-merge'],
  },
  {
    name: 'a pull request is not told what stops the tag that comes next',
    edits: [
      {
        file: 'packages/core/tags/foresee.ts',
        before: '...files.map(file => judgePackage(release, tag.core, file)),',
        after: '',
      },
    ],
    tries: ['pull-requests/checked-before-the-merge'],
  },
  {
    name: 'a pull request is not told of the migrations that it brings',
    edits: [
      {
        file: 'actions/check-flow/with-files.ts',
        before: 'return { ...release, ...checklist, ...migrations };',
        after: 'return migrations === undefined ? release : { ...release, ...checklist };',
      },
    ],
    tries: ['pull-requests/migrations-before-the-merge'],
  },
  {
    name: 'a pull request is judged by the checks of a commit that is never released',
    edits: [
      {
        file: 'actions/gate-approval/look-up.ts',
        before: 'if (proposed !== undefined) return null;',
        after: 'if (proposed === 0) return null;',
      },
    ],
    tries: ['pull-requests/migrations-before-the-merge'],
  },
  {
    name: 'a pull request is told of the flow file of its base',
    edits: [
      {
        file: 'actions/check-flow/check-flow.ts',
        before: 'readFlowAt(github, file, run.sha)',
        after: 'readFlowAt(github, file, proposal.base)',
      },
    ],
    tries: ['pull-requests/checked-before-the-merge'],
  },
];
