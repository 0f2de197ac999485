import type { Mutant } from './mutant.ts';

const approval = 'packages/core/gate/approval.ts';
const earlier = 'packages/core/gate/earlier.ts';
const holds = 'packages/core/gate/holds.ts';

/** Faults in gates, journal, checks and the way back. */
export const releaseMutants: readonly Mutant[] = [
  {
    name: 'a gate that says no lets the job go on',
    edits: [
      {
        file: 'packages/action-kit/run-action.ts',
        before: "(end.verdict.verdict === 'wait' && end.waitIsGreen)",
        after: "end.verdict.verdict !== 'error'",
      },
    ],
    tries: ['release/approval-after-the-hour'],
  },
  {
    name: 'a look is written down',
    edits: [
      {
        file: 'actions/gate-approval/gate-approval.ts',
        before: 'if (!inputs.dryRun) {\n    const { emergencies }',
        after: '{\n    const { emergencies }',
      },
    ],
    tries: ['release/only-looking'],
  },
  {
    name: 'an approval counts whenever it comes',
    edits: [{ file: approval, before: '!(waited <= approve.within)', after: '!(waited >= 0)' }],
    tries: ['release/approval-after-the-hour'],
  },
  {
    name: 'whoever started the release may approve it',
    edits: [
      {
        file: approval,
        before: '=> may(approve, review.login) && !isOriginator(plan, review.login));',
        after: '=> may(approve, review.login));',
      },
    ],
    tries: ['release/approval-by-originator'],
  },
  {
    name: 'anybody may approve',
    edits: [
      {
        file: approval,
        before: '=> may(approve, review.login) && !isOriginator(plan, review.login));',
        after: '=> !isOriginator(plan, review.login));',
      },
    ],
    tries: ['release/approval-by-outsider'],
  },
  {
    name: 'an environment that asks nobody is found out after the click',
    edits: [
      {
        file: 'packages/core/gate/approval-ahead.ts',
        before: 'reviewers.length > 0 ? 1 : 0',
        after: 'reviewers.length >= 0 ? 1 : 0',
      },
    ],
    tries: ['release/approval-nobody-asked'],
  },
  {
    name: 'a commit that the earlier environment never saw goes on',
    edits: [
      {
        file: earlier,
        before: "if (after === undefined || plan.operation === 'rollback') return [];",
        after: "if (after === undefined || plan.operation === 'rollback' || name !== '') return [];",
      },
    ],
    tries: ['release/prod-never-verified'],
  },
  {
    name: 'other artifacts than the earlier environment ran go on',
    edits: [
      {
        file: earlier,
        before: 'component => !sameArtifacts(plan.artifacts[component], recorded[component]),',
        after: "component => component === '' && !sameArtifacts(plan.artifacts[component], recorded[component]),",
      },
    ],
    tries: ['release/prod-gets-another-digest'],
  },
  {
    name: 'a review of an earlier commit counts',
    edits: [
      {
        file: 'packages/core/gate/reviews.ts',
        before: 'commit === head && !isAmong(login, authors)',
        after: "commit !== '' && !isAmong(login, authors)",
      },
    ],
    tries: ['release/pull-request-reviewed'],
  },
  {
    name: 'what nobody could review is released',
    edits: [
      {
        file: 'packages/core/gate/reviews.ts',
        before: "return [rule(name, 'fail', 'no-pull-request', message, {}, next)];",
        after: "return [rule(name, 'pass', 'no-pull-request', message, {}, next)];",
      },
    ],
    tries: ['release/pull-request-reviewed'],
  },
  {
    name: 'an open issue stops nothing',
    edits: [
      {
        file: 'packages/core/gate/open-issues.ts',
        before: 'if (first === undefined) {',
        after: 'if (first === undefined || found.length > 0) {',
      },
    ],
    tries: ['release/issue-open'],
  },
  {
    name: 'a gate that cannot be read passes',
    edits: [
      {
        file: 'packages/core/gate/rule.ts',
        before: "return { ...finding, rule: name, verdict: 'inconclusive' };",
        after: "return { ...finding, rule: name, verdict: 'pass' };",
      },
    ],
    tries: ['release/gate-unreadable'],
  },
  {
    name: 'a held version goes on',
    edits: [
      {
        file: holds,
        before: 'if (first === undefined) return rule(',
        after: 'if (first === undefined || now > 0) return rule(',
      },
    ],
    tries: ['release/holds'],
  },
  {
    name: 'the lock of a live run is taken',
    edits: [
      {
        file: 'packages/core/journal/lock.ts',
        before: "return life === 'dead' ?",
        after: "return life !== 'unknown' ?",
      },
    ],
    tries: ['release/lock-held'],
  },
  {
    name: 'the lock of a dead run is kept for ever',
    edits: [{ file: 'packages/github/runs.ts', before: "'completed' ? 'dead'", after: "'completed' ? 'unknown'" }],
    tries: ['release/lock-of-a-dead-run'],
  },
  {
    name: 'no receipt is written',
    edits: [
      {
        file: 'actions/deploy/journal.ts',
        before: "=> write([{ type: 'receipt', release: plan.release, receipt, outcome }]),",
        after: "=> write(outcome === 'no-op' ? [{ type: 'receipt', release: plan.release, receipt, outcome }] : []),",
      },
    ],
    tries: ['unifocus'],
  },
  {
    name: 'a journal entry whose answer was lost is written again',
    edits: [
      {
        file: 'packages/github/journal/append.ts',
        before: 'if (isLost(error)) lost.push',
        after: 'if (isLost(error) && round < 0) lost.push',
      },
    ],
    tries: ['release/journal-replies-lost'],
  },
  {
    name: 'the bad version is not held after the way back',
    edits: [
      {
        file: 'actions/rollback/record.ts',
        before: 'happenings.push(...held.map(',
        after: 'happenings.push(...held.slice(held.length).map(',
      },
    ],
    tries: ['unifocus'],
  },
  {
    name: 'a rollback goes to the oldest release that was verified',
    edits: [
      {
        file: 'packages/core/plan/goal.ts',
        before: 'const goal = ofPart.find(',
        after: 'const goal = ofPart.findLast(',
      },
    ],
    tries: ['publish/published'],
  },
  {
    name: 'the way back leads to what ran before, verified or not',
    edits: [
      { file: 'actions/deploy/component.ts', before: 'goal: verified ?? before', after: 'goal: before ?? verified' },
    ],
    tries: ['release/journal-of-a-rollback-by-ecs'],
  },
  {
    name: 'where ECS went back to is good enough',
    edits: [
      {
        file: 'actions/deploy/way-back.ts',
        before: 'if (way.goal === null) {',
        after: "if (way.goal === null || taken.outcome === 'rolled-back') {",
      },
    ],
    tries: ['release/journal-of-a-rollback-by-ecs'],
  },
  {
    name: 'the smoke test takes any version',
    edits: [
      {
        file: 'packages/core/smoke/served-version.ts',
        before: 'if (served !== undefined && isServed(served, wanted)) return',
        after: 'if (served !== undefined) return',
      },
    ],
    tries: ['checks/smoke-test-alone'],
  },
  {
    name: 'a smoke step that fails passes',
    edits: [
      {
        file: 'packages/core/smoke/verdict.ts',
        before: "return ['fail', kind === 'ready' ? 'never-ready' : 'smoke-failed'];",
        after: "return ['pass', kind === 'ready' ? 'never-ready' : 'smoke-failed'];",
      },
    ],
    tries: ['release/smoke-fails-then-rollbacks'],
  },
  {
    name: 'a watch without data passes',
    edits: [
      {
        file: 'packages/core/watch/judge-limit.ts',
        before: 'if (samples === 0 || windows.length === 0) return true;',
        after: 'if (samples === 0 || windows.length === 0) return false;',
      },
    ],
    tries: ['release/watch-without-data'],
  },
  {
    name: 'a limit that is broken passes',
    edits: [
      {
        file: 'packages/core/watch/judge-limit.ts',
        before: 'if (breach !== undefined) {',
        after: 'if (breach !== undefined && moment.now === 0) {',
      },
    ],
    tries: ['release/watch-breached'],
  },
  {
    name: 'a secret of the smoke test is printed',
    edits: [
      {
        file: 'packages/core/smoke/redact.ts',
        before: 'return text => ordered.reduce(',
        after: 'return text => ordered.slice(ordered.length).reduce(',
      },
      {
        file: 'actions/smoke-test/smoke-test.ts',
        before: 'kit.mask(secret);',
        after: 'kit.mask(`not ${secret}`);',
      },
    ],
    tries: ['checks/smoke-test-alone'],
  },
  {
    name: 'a build that was run again is taken for the one before',
    edits: [
      {
        file: 'actions/gate-approval/record.ts',
        before: 'sameBuild(entry.artifacts, artifacts)',
        after: 'sameBuild(artifacts, artifacts)',
      },
    ],
    tries: ['release/prod-gets-another-digest'],
  },
  {
    name: 'components are those of the default branch',
    edits: [
      {
        file: 'packages/github/flow-files.ts',
        before: 'fileAt(github, path, releaseSha)]);',
        after: "fileAt(github, path, releaseSha === '' ? releaseSha : branch)]);",
      },
    ],
    tries: ['release/policy-from-the-default-branch'],
  },
  {
    name: 'environments are those of the commit',
    edits: [
      {
        file: 'packages/github/flow-files.ts',
        before: '...mergeFlows({ policy, content })',
        after: '...mergeFlows({ policy: releaseSha === branch ? policy : content, content })',
      },
    ],
    tries: ['release/policy-from-the-default-branch'],
  },
  {
    name: 'a cleared hold stays',
    edits: [
      {
        file: 'packages/core/journal/fold.ts',
        before: 'return { holds: state.holds.filter(hold => hold.id !== event.hold.id) };',
        after: 'return {};',
      },
    ],
    tries: ['release/holds'],
  },
  {
    name: 'an alarm that is quiet again has never gone off',
    edits: [
      {
        file: 'packages/core/watch/judge-alarms.ts',
        before: 'if (fired !== undefined) {',
        after: "if (fired !== undefined && fired.state !== 'ALARM') {",
      },
    ],
    tries: ['release/watch-alarm-and-crash'],
  },
  {
    name: 'a task that crashes after the rollout is not seen',
    edits: [
      {
        file: 'packages/core/watch/judge-service.ts',
        before: 'if (crash !== undefined) {',
        after: "if (crash?.why === '') {",
      },
    ],
    tries: ['release/watch-alarm-and-crash'],
  },
  {
    name: 'a hold that is set after the gate is overlooked',
    edits: [
      {
        file: 'actions/deploy/journal.ts',
        before: 'begun ? [] : stoppedBy(',
        after: 'begun || current !== undefined ? [] : stoppedBy(',
      },
    ],
    tries: ['release/hold-set-meanwhile'],
  },
  {
    name: 'an approval of an earlier attempt counts',
    edits: [
      {
        file: 'packages/core/gate/attempt.ts',
        before: 'if (attempt.number === 1) return { reviews };',
        after: 'if (attempt.number > 0) return { reviews };',
      },
    ],
    tries: ['release/approval-of-an-earlier-attempt'],
  },
  {
    name: 'a journal that a person edited in the browser is believed',
    edits: [
      {
        file: 'packages/core/journal/audit.ts',
        before: 'return /^\\d+\\+[\\w-]+\\[bot\\]@users\\.noreply\\.[\\w.-]+$/.test(email);',
        after: 'return /@/.test(email);',
      },
    ],
    tries: ['release/journal-forged'],
  },
  {
    name: 'a service that somebody scaled to zero is started again by itself',
    edits: [
      {
        file: 'packages/targets/ecs/driver.ts',
        before: "cause === 'by-itself' ? observed",
        after: "cause !== 'by-itself' ? observed",
      },
    ],
    tries: ['release/scaled-to-zero-meanwhile'],
  },
];
