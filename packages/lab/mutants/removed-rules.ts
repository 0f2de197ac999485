import type { Mutant } from './mutant.ts';

const judging = 'packages/core/gate/judge.ts';
const gates = 'packages/core/gate/gates.ts';
const tags = 'actions/validate-tag/commit-rules.ts';
const plan = 'actions/validate-tag/plan-release.ts';

/** Every rule is taken out of the list of those that are judged, one at a time. `test/mutants` looks that none is left out. */
export const removedRules: readonly Mutant[] = [
  removed(
    'earlier environment',
    judging,
    '...judgeEarlier(facts).flatMap(',
    '...[].flatMap(',
    'release/prod-never-verified',
  ),
  removed('emergency', judging, '...judgeGlass(facts),', '', 'release/emergency'),
  removed('reviews that are due', judging, '...judgeReviewsDue(facts),', '', 'release/emergency'),
  removed('gates of the flow file', judging, '...judgeGates(facts),', '', 'release/issue-open'),
  removed('holds', judging, '    judgeHolds(facts),\n', '', 'release/holds'),
  removed('rejection', judging, '...judgeRejection(facts),', '', 'release/rejected-for-good'),
  removed('queue', judging, '...judgeQueue(facts),', '', 'release/several-wait'),
  removed('parked', judging, '...judgeWentOn(facts),', '', 'release/parked-goes-on-once'),
  removed('lock', judging, '    judgeLockRule(facts),\n', '', 'release/lock-held'),
  removed('way back', judging, '    judgeWayBack(facts),\n', '', 'release/approval-by-outsider'),
  removed(
    'rollback that waits',
    judging,
    '    ...judgeWaitingRollback(facts),\n',
    '',
    'release/rollback-rejected-or-overtaken',
  ),
  removed('what runs', judging, '...judgeStart(facts), verdict', 'verdict', 'release/approval-waits-holding-nothing'),
  removed(
    'approval',
    judging,
    '[...judgeStart(facts), verdict]',
    "[...judgeStart(facts), { ...verdict, verdict: 'pass' as const }]",
    'release/approval-by-outsider',
  ),
  removed(
    'approval, ahead',
    judging,
    ', judgeApprovalAhead(facts.plan, approval.reviewers, given)]',
    ", { ...judgeApprovalAhead(facts.plan, approval.reviewers, given), verdict: 'pass' as const }]",
    'release/approval-impossible',
  ),
  removed(
    'operation',
    judging,
    'const word = judgeDispatch(facts);',
    'const word: RuleVerdict | undefined = [].at(0);',
    'release/approved-by-the-operation',
  ),
  removed('boxes of rules', judging, '...judgeUndecided(facts.plan, rules)', '', 'people/checklist-wrong'),
  {
    name: 'nothing is judged under the lock',
    edits: [
      {
        file: 'packages/core/gate/under-lock.ts',
        before: '[judgeHolds(facts), ...judgeEnded(facts), ...judgeStart(facts)]',
        after: '[judgeStart(facts), judgeEnded(facts), judgeHolds(facts)].flat().slice(0, 0)',
      },
    ],
    tries: ['release/hold-set-meanwhile'],
  },
  gate('window', 'judgeWindow', 'release/window-closed'),
  gate('freeze', 'judgeFreeze', 'release/freeze-begins-before-the-click'),
  removed(
    'checks, right before the change',
    gates,
    'judge: ({ policy, found, facts }) => judgeChecks(policy, facts.plan.release.sha, found) },',
    'judge: () => [] },',
    'notes-gates',
  ),
  removed('emergency reviews', gates, ', ...judgeEmergencyReviews(facts)]', ']', 'notes-gates'),
  gate('reviews', 'judgeReviews', 'release/pull-request-reviewed'),
  gate("'no-open-issues'", 'judgeOpenIssues', 'release/issue-open'),
  gate('soak', 'judgeSoak', 'release/soaks-in-the-earlier-environment'),
  gate("'alarms-ok'", 'judgeAlarms', 'release/alarms-ring'),
  gate("'stack-complete'", 'judgeStacks', 'release/stack-complete'),
  gate('backups', 'judgeBackups', 'release/backups'),
  gate("'way-back'", 'judgeWayBackThere', 'release/way-back-gone'),
  gate('checklist', 'judgeChecklist', 'people/checklist'),
  gate('migrations', '({ policy, facts }) => judgeMigrations(policy, facts.plan)', 'people/migrations'),
  removed(
    'tag or branch',
    plan,
    'const rules: RuleVerdict[] = [destinationRule(ref, destination)];',
    "const rules: RuleVerdict[] = [{ ...destinationRule(ref, destination), verdict: 'pass' }];",
    'release/verdicts-of-refs',
  ),
  removed(
    'tag or branch, moved',
    plan,
    'if (moved !== undefined) return { rules: [moved] };',
    "if (moved?.verdict === 'pass') return { rules: [moved] };",
    'release/prod-never-verified',
  ),
  removed(
    'release on GitHub',
    plan,
    'rules.push(...publishedRule(kit.run, ref, destination));',
    "rules.push(...publishedRule({ ...kit.run, eventName: '' }, ref, destination));",
    'release/published-as-prerelease',
  ),
  removed(
    'artifacts',
    plan,
    'rules.push(...judged, ...artifacts.rules);',
    'rules.push(...judged);',
    'release/images-masked',
  ),
  removed(
    'parked, by name',
    'actions/validate-tag/plan-parked.ts',
    "return rule('parked', 'fail', 'nothing-parked', message, {}, next);",
    "return rule('parked', 'pass', 'nothing-parked', message, {}, next);",
    'release/parked-goes-on-by-the-clock',
  ),
  removed('tag moved', tags, '    judgeMoved(release, state),\n', '', 'tags/all-at-once'),
  removed('order', tags, 'tags => judgeLine(taken, namesOf(tags))', '() => []', 'tags/all-at-once'),
  removed('branch', tags, 'found => [judgeBranch(release, policy, found)]', '() => []', 'tags/hotfix'),
  removed('annotated', tags, 'ref => [judgeAnnotated(tag, ref.annotated)]', '() => []', 'tags/all-at-once'),
  removed('signature', tags, 'found => [judgeSignature(tag, found)]', '() => []', 'tags/all-at-once'),
  removed(
    'signature of a lightweight tag',
    tags,
    'return [judgeSignature(tag, undefined)];',
    'return [];',
    'tags/all-at-once',
  ),
  removed('package', tags, 'text => [judgePackage(release, tag.core, { path, text })]', '() => []', 'tags/all-at-once'),
  removed('checks', tags, 'all => judgeChecks(checks, release.sha, all)', '() => []', 'tags/all-at-once'),
];

function removed(rule: string, file: string, before: string, after: string, scenario: string): Mutant {
  return { name: `without the rule “${rule}”`, edits: [{ file, before, after }], tries: [scenario] };
}

function gate(name: string, judge: string, scenario: string): Mutant {
  return removed(name.replaceAll("'", ''), gates, `judge: ${judge} },`, 'judge: () => [] },', scenario);
}
