import { few, fewOf } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';
import { ownersFiles } from './codeowners.ts';
import type { OwnedFiles, ReviewedPull } from './lookups.ts';
import { isAmong } from './people.ts';
import { rule } from './rule.ts';

const name = 'code owners';

/** Every file of the pull request that has owners is approved by one of them. `approvedBy`: those whose approvals count. */
export function judgeCodeOwners(pull: ReviewedPull, approvedBy: readonly string[]): RuleVerdict {
  const { number, url, codeOwners, authors } = pull;
  if (codeOwners === undefined) {
    return rule(name, 'error', 'gate-not-looked-up', `Nobody looked up who owns the files of #${number}.`);
  }
  if (codeOwners === null) {
    const message = `There is no CODEOWNERS file on the branch that #${number} went into.`;
    const next = `Commit one as ${ownersFiles.join(', or ')}; or take \`code-owners\` out of \`reviews\`.`;
    return rule(name, 'fail', 'no-code-owners', message, { pull: url }, next);
  }
  const { file, groups } = codeOwners;
  const evidence = { pull: url, file, approvedBy };
  const open = groups.filter(({ owners }) => !approvedBy.some(login => isAmong(login, owners)));
  if (open.length === 0) {
    const count = groups.reduce((sum, group) => sum + group.files, 0);
    const message =
      count === 0
        ? `No file of #${number} has an owner in ${file}.`
        : `An owner approved each file of #${number} that has one in ${file}: ${count}.`;
    return rule(name, 'pass', 'owners-approved', message, evidence);
  }
  const able = (group: OwnedFiles) => group.owners.filter(owner => isUnknown(owner) || !isAmong(owner, authors));
  const impossible = open.filter(group => able(group).length === 0);
  if (impossible.length > 0) {
    const message = `${few(impossible.map(filesText))}: nobody but those who wrote #${number} owns them.`;
    const next = `Name more owners in ${file}; it counts from the next pull request on.`;
    return rule(name, 'fail', 'reviews-impossible', message, evidence, next);
  }
  const missing = open.filter(group => approvedBy.length === 0 || !group.owners.some(isUnknown));
  if (missing.length > 0) {
    const message = `No owner has approved ${few(missing.map(group => `${filesText(group)} (${able(group).join(' or ')})`))} of #${number}.`;
    const next = `Have one of them approve ${url}, which counts after the merge, too, and start the release again.`;
    return rule(name, 'fail', 'owner-missing', message, evidence, next);
  }
  const unknown = [...new Set(open.flatMap(({ owners }) => owners.filter(isUnknown)))];
  const message = `${few(approvedBy)} approved #${number}; whether they are ${few(unknown)}, who own ${few(open.map(filesText))}, cannot be read with this token.`;
  const next = `Name people in ${file} beside teams and addresses.`;
  return rule(name, 'inconclusive', 'reviewers-unreadable', message, evidence, next);
}

/** A team or an address: who that is cannot be read with a workflow’s token. */
function isUnknown(owner: string): boolean {
  return owner.includes('@');
}

function filesText({ some, files }: OwnedFiles): string {
  return fewOf(some, files);
}
