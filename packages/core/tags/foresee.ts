import type { Environment } from '../flow/environment.ts';
import { rule } from '../gate/rule.ts';
import type { RuleVerdict } from '../verdict.ts';
import { selects } from '../version/branches.ts';
import type { TagPattern } from '../version/pattern.ts';
import { parseTag } from '../version/tag.ts';
import { checkRule } from './checks.ts';
import { advised } from './judged.ts';
import { judgeLine, lineRule } from './line.ts';
import { movedRule } from './moved.ts';
import { nextTag } from './next-tag.ts';
import { branchRule } from './on-branch.ts';
import { judgePackage, type VersionFile, versionIn } from './package-version.ts';
import { annotatedRule, signatureRule } from './tag-object.ts';

export interface Foreseen {
  readonly pattern: TagPattern;
  readonly environment: Environment;
  /** The branch that the commit would be on. */
  readonly base: string;
  readonly sha: string;
  /** Every tag of the pattern’s prefix. */
  readonly names: readonly string[];
  /** Those of `tags.package`, as they would be after the merge. */
  readonly files: readonly VersionFile[];
  /** Whether the flow file stops anything. */
  readonly enforce: boolean;
}

/** The next tag of an environment, as validate-tag would judge it, and the rules that only the tag itself can answer. */
export interface Foresight {
  readonly environment: string;
  readonly tag: string;
  readonly rules: readonly RuleVerdict[];
  readonly later: readonly string[];
}

export function foresee(facts: Foreseen): Foresight {
  const { pattern, environment, names, files, sha, base, enforce } = facts;
  const tag = nextTag(pattern, names, declaredBy(files));
  const release = { version: tag.version, sha, tree: '', tag: tag.tag };
  const { tags: policy, gates } = environment;
  const merged = policy.hotfix.some(selector => selects(selector, base))
    ? []
    : [rule(branchRule, 'pass', 'on-branch', `It would be on \`${base}\`.`, { branch: base })];
  const rules = [
    ...(names.includes(tag.tag) ? [taken(tag.tag)] : judgeLine({ tag, pattern }, names)),
    ...merged,
    ...files.map(file => judgePackage(release, tag.core, file)),
  ];
  return {
    environment: environment.name,
    tag: tag.tag,
    rules: enforce ? rules : advised(rules),
    later: [
      movedRule,
      ...(policy.annotated ? [annotatedRule] : []),
      ...(policy.signed ? [signatureRule] : []),
      ...(merged.length === 0 ? [branchRule] : []),
      ...(gates.checks?.names ?? []).map(checkRule),
    ],
  };
}

function taken(name: string): RuleVerdict {
  const message = `${name} is there already, on another commit.`;
  return rule(lineRule, 'fail', 'version-not-greater', message, { tag: name }, 'Raise the version in the file.');
}

/** The first version that a file says, without its prerelease part. */
function declaredBy(files: readonly VersionFile[]): string | undefined {
  for (const { path, text } of files) {
    const result = parseTag(`v${text === undefined ? '' : (versionIn(path, text) ?? '')}`);
    if (result.ok) return result.tag.core;
  }
  return undefined;
}
