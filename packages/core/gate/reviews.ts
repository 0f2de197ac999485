import type { Reviews } from '../flow/gates/reviews.ts';
import { few } from '../report/few.ts';
import type { RuleVerdict } from '../verdict.ts';
import { judgeCodeOwners } from './code-owners.ts';
import type { PullReview, ReviewedPull } from './lookups.ts';
import { isAmong, isTeam, sameLogin } from './people.ts';
import { rule } from './rule.ts';

const name = 'reviews';

/**
 * The merged pull request of the release has the approving reviews that the flow file asks for. What counts is what each person said
 * last, of the commit that was merged: an approval that was dismissed, or came before later commits, is none, and nobody approves
 * their own work.
 */
export function judgeReviews({
  policy,
  found: pull,
}: {
  readonly policy: readonly Reviews[];
  readonly found: ReviewedPull | null;
}): readonly RuleVerdict[] {
  if (pull === null) {
    const message = 'No merged pull request brought this commit, so nobody has reviewed it.';
    const next = 'Bring the change in by a pull request, have it reviewed, and release the commit that merges it.';
    return [rule(name, 'fail', 'no-pull-request', message, {}, next)];
  }
  const said = lastWords(pull.reviews);
  const against = said.filter(({ state, belongs }) => state === 'changes-requested' && belongs);
  if (against.length > 0) {
    const who = few(against.map(({ login }) => login));
    const message = `${who} asked for changes of #${pull.number}, and has not taken that back.`;
    const next = `${who} approves it, or somebody dismisses that review.`;
    return [rule(name, 'fail', 'changes-requested', message, { pull: pull.url }, next)];
  }
  const verdicts = policy.map(wanted => judgeWanted(wanted, pull, said));
  if (!policy.some(({ codeOwners }) => codeOwners)) return verdicts;
  const approvedBy = current(pull, said).map(({ login }) => login);
  return [...verdicts, judgeCodeOwners(pull, approvedBy)];
}

/** What everybody said last; a comment takes nothing back. */
function lastWords(reviews: readonly PullReview[]): readonly PullReview[] {
  const opinions = reviews.filter(({ state }) => state !== 'commented');
  return opinions.filter(({ login }, index) => !opinions.slice(index + 1).some(later => sameLogin(later.login, login)));
}

/** Approvals of the commit that was merged, by others than those who wrote it. */
function current({ head, authors }: ReviewedPull, said: readonly PullReview[]): readonly PullReview[] {
  return said.filter(({ state, commit, login }) => state === 'approved' && commit === head && !isAmong(login, authors));
}

function judgeWanted(wanted: Reviews, pull: ReviewedPull, said: readonly PullReview[]): RuleVerdict {
  const { count, by, roles } = wanted;
  const named = by.length > 0;
  const outdated = said.filter(({ state, commit }) => state === 'approved' && commit !== pull.head);
  const approvals = current(pull, said);
  const valid = approvals.filter(({ login, belongs }) => (named ? isAmong(login, by) : belongs));
  const people = valid.map(({ login }) => login);
  const evidence = { pull: pull.url, approvedBy: people };
  if (people.length >= count) {
    const message = `${few(people)} approved #${pull.number}, ${pull.title}.`;
    return rule(name, 'pass', 'reviewed', message, evidence);
  }
  const of = named ? ` of ${few(roles)}` : '';
  const others = approvals.filter(review => !valid.includes(review));
  const teams = by.filter(isTeam);
  if (teams.length > 0 && others.length > 0) {
    const message = `${few(others.map(({ login }) => login))} approved #${pull.number}; whether they belong to ${few(teams)} cannot be read with this token.`;
    return rule(
      name,
      'inconclusive',
      'reviewers-unreadable',
      message,
      evidence,
      'Name people instead of teams in `roles`.',
    );
  }
  const able = by.filter(login => !isTeam(login) && !isAmong(login, pull.authors));
  if (named && teams.length === 0 && able.length < count) {
    const message = `${count}${of} would have to approve #${pull.number}, and ${few(pull.authors)} wrote it.`;
    return rule(name, 'fail', 'reviews-impossible', message, evidence);
  }
  const had = people.length === 0 ? 'Nobody who counts has' : `Only ${few(people)} has`;
  const late =
    outdated.length === 0 ? '' : ` ${few(outdated.map(({ login }) => login))} approved an earlier commit of it.`;
  const message = `${had} approved #${pull.number}, ${pull.title}; ${count}${of} must.${late}`;
  const missing = able.filter(login => !isAmong(login, people));
  const who = missing.length === 0 ? 'somebody else who may write to the repository' : few(missing);
  const next = `Have ${who} approve ${pull.url}, which counts after the merge, too, and start the release again.`;
  return rule(name, 'fail', 'not-reviewed', message, { ...evidence, needed: missing }, next);
}
