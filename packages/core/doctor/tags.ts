import type { Flow } from '../flow/parse.ts';
import { parseRefPattern, type TagPattern } from '../version/pattern.ts';
import type { Guard } from './bypass.ts';
import type { DoctorFacts, TagRuleset } from './facts.ts';
import { type DoctorFinding, ok, unknown, wrong } from './finding.ts';
import { matchesRef } from './fnmatch.ts';
import { tagScript } from './script.ts';

/** A tag that moves is another release of the same name; `non_fast_forward` alone would let it move forward. */
const wanted = ['update', 'deletion'] as const;

const deeds = { update: 'move', deletion: 'delete' };

/** A ruleset may mean some versions only, such as `v1.*`: these have to be among those that it means. */
const versions = ['0.1.0', '1.2.3', '12.34.56'];

/** A rule about a tag that is new; a workflow’s token goes round none, and signs nothing. */
const inTheWay = ['creation', 'required_signatures'];

/** Whether the tags that lead to environments, and those that are made of releases, stay where they are once they are there. */
export function examineTags({ flow, repository, tagRulesets }: DoctorFacts): readonly DoctorFinding[] {
  const patterns = patternsOf(flow);
  if (!tagRulesets.known) return patterns.map(({ text }) => unknown(aboutOf(text), tagRulesets.finding));
  const examined = patterns.map(pattern => ({ pattern, ...lookAt(pattern, tagRulesets.value) }));
  // One ruleset for all that are not protected yet.
  const open = examined
    .filter(({ lacking }) => lacking.length > 0)
    .map(({ pattern }) => `refs/tags/${tagGlob(pattern)}`);
  return examined.map(({ pattern: { text }, lacking, rulesets }) => {
    const evidence = { rulesets };
    if (lacking.length === 0) return ok(aboutOf(text), 'Rulesets keep them from being moved or deleted.', evidence);
    const message = `No ruleset has ${lacking.join(' and ')} for all of them: whoever may push could give a released version another commit.`;
    const next = `Protect ${open.join(', ')} with a ruleset of tags: no updates, no deletions.`;
    return wrong(aboutOf(text), message, { next, script: tagScript(repository, open) }, evidence);
  });
}

/** What keeps the tags that are kept. */
export function tagGuards({ flow, tagRulesets }: DoctorFacts): readonly Guard[] {
  if (!tagRulesets.known) return [];
  const rulesets = tagRulesets.value;
  return patternsOf(flow).flatMap(pattern => {
    const { lacking, held } = lookAt(pattern, rulesets);
    if (lacking.length > 0) return [];
    return held.flatMap(some =>
      wanted.map(type => ({
        deed: deeds[type],
        what: pattern.text,
        rulesets: some.filter(({ rules }) => rules.includes(type)).map(({ id }) => id),
      })),
    );
  });
}

/** Whether a release that was verified can get its tag. */
export function examineMadeTags({ flow, tagRulesets }: DoctorFacts): readonly DoctorFinding[] {
  // What could not be read is said of each kind of tag already.
  if (!tagRulesets.known) return [];
  return patternsThatAreMade(flow).flatMap(pattern => {
    const barring = tagRulesets.value.flatMap(({ name, rules, ...meant }) => {
      const some = versions.some(version => means(meant, `${pattern.prefix}v${version}`));
      return some ? rules.filter(type => inTheWay.includes(type)).map(type => ({ name, type })) : [];
    });
    if (barring.length === 0) return [];
    const rules = barring.map(({ name, type }) => `${type} (${name})`);
    const message = `A ruleset has ${rules.join(' and ')} for them, so that no verified release could get its tag.`;
    const next = `Take ${pattern.text} out of that rule: \`publish\` makes these tags, once they are verified.`;
    return [wrong(aboutOf(pattern.text), message, { next }, { rules })];
  });
}

function patternsOf(flow: Flow): readonly TagPattern[] {
  const patterns = [...patternsThatLead(flow), ...patternsThatAreMade(flow)];
  return [...new Map(patterns.map(pattern => [pattern.text, pattern])).values()];
}

function patternsThatLead({ environments }: Flow): readonly TagPattern[] {
  return Object.values(environments).flatMap(({ from }) =>
    from.flatMap(pattern => (pattern.kind === 'tag' ? [pattern] : [])),
  );
}

function patternsThatAreMade({ environments }: Flow): readonly TagPattern[] {
  return Object.values(environments).flatMap(({ publish }) => {
    const pattern = parseRefPattern(publish?.tag?.pattern ?? '');
    return pattern.ok && pattern.value.kind === 'tag' ? [pattern.value] : [];
  });
}

/** `v*.*.*-rc.*`, as GitHub’s settings say it. For final releases it means the others of that prefix, too: a * takes in everything but a slash. */
export function tagGlob({ prefix, channel, numbered }: TagPattern): string {
  return `${prefix}v*.*.*${channel === undefined ? '' : `-${channel}${numbered ? '.*' : ''}`}`;
}

function lookAt({ prefix, channel, numbered }: TagPattern, rulesets: readonly TagRuleset[]) {
  const ending = channel === undefined ? '' : `-${channel}${numbered ? '.1' : ''}`;
  const held = versions.map(version => rulesets.filter(ruleset => means(ruleset, `${prefix}v${version}${ending}`)));
  return {
    /** For each of `versions`. */
    held,
    lacking: wanted.filter(type => !held.every(some => some.some(({ rules }) => rules.includes(type)))),
    rulesets: [...new Set(held.flat().map(({ name }) => name))],
  };
}

function means({ include, exclude }: Pick<TagRuleset, 'include' | 'exclude'>, tag: string): boolean {
  const matches = (pattern: string) => pattern === '~ALL' || matchesRef(pattern, `refs/tags/${tag}`);
  return include.some(matches) && !exclude.some(matches);
}

function aboutOf(text: string): string {
  return `tags ${text}`;
}
