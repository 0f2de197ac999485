import type { Mutant } from './mutant.ts';

const judging = 'actions/validate-tag/commit-rules.ts';

/** Faults in what is judged of tags: each rule is taken away in turn. */
export const tagMutants: readonly Mutant[] = [
  {
    name: 'a tag that was moved since it was released goes on',
    edits: [
      {
        file: 'packages/core/tags/moved.ts',
        before: 'const other = before.find(earlier => earlier.sha !== release.sha);',
        after: 'const other = before.find(earlier => earlier.sha === "");',
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a version below the highest of its line goes on',
    edits: [
      {
        file: 'packages/core/tags/line.ts',
        before: 'if (compare(tag.core, top) > 0) {',
        after: 'if (compare(tag.core, top) !== 0) {',
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a candidate after its final goes on',
    edits: [
      {
        file: 'packages/core/tags/line.ts',
        before: 'const final = same.find(other => other.prerelease.length === 0);',
        after: 'const final = same.find(other => other.prerelease.length < 0);',
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a lightweight tag passes for an annotated one',
    edits: [
      { file: judging, before: 'judgeAnnotated(tag, ref.annotated)', after: 'judgeAnnotated(tag, ref.sha !== "")' },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a signature by an expired key passes',
    edits: [
      {
        file: 'packages/core/tags/tag-object.ts',
        before: "if (verified && reason === 'valid') {",
        after: "if (verified || reason === 'expired_key') {",
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a check that still runs counts as one that succeeded',
    edits: [
      { file: 'packages/core/tags/checks.ts', before: "'wait', 'check-running'", after: "'pass', 'check-passed'" },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a check that failed goes on',
    edits: [
      { file: 'packages/core/tags/checks.ts', before: "'fail', 'check-failed'", after: "'pass', 'check-failed'" },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'a hotfix may be cut from anywhere',
    edits: [
      {
        file: 'packages/core/tags/on-branch.ts',
        before: 'if (stray !== undefined) {',
        after: 'if (stray?.sha === "") {',
      },
    ],
    tries: ['tags/hotfix'],
  },
  {
    name: 'a hotfix of another environment is judged by what this one runs',
    edits: [
      {
        file: 'packages/github/whereabouts.ts',
        before: 'const environment = policy.hotfixFrom ?? own;',
        after: 'const environment = own;',
      },
    ],
    tries: ['tags/hotfix'],
  },
  {
    name: 'what could not be read passes',
    edits: [
      {
        file: 'packages/core/tags/judged.ts',
        before: 'rules.map(name => notKnown(name, sought.finding))',
        after: "rules.map(name => ({ ...notKnown(name, sought.finding), verdict: 'pass' as const }))",
      },
    ],
    tries: ['tags/unreadable'],
  },
  {
    name: 'a package that says another version goes on',
    edits: [
      {
        file: 'packages/core/tags/package-version.ts',
        before: 'if (found === version || found === core) {',
        after: "if (found !== '') {",
      },
    ],
    tries: ['tags/all-at-once'],
  },
  {
    name: 'api-v1.3.0 releases everything',
    edits: [
      {
        file: 'actions/validate-tag/chosen-components.ts',
        before: 'if (others.length === 0) return [named];',
        after: 'if (others.length === 0) return asked;',
      },
    ],
    tries: ['tags/one-component'],
  },
];
