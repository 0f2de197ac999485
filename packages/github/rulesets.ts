import type { BypassActor, Ruleset, TagRuleset } from '#core/doctor/facts';
import type { Sought } from '#core/gate/sought';
import { type GitHub, orFinding } from './client.ts';

interface Answer {
  readonly id: number;
  readonly name: string;
  readonly source_type?: string;
  readonly source: string;
  readonly conditions?: {
    readonly ref_name?: { readonly include?: readonly string[]; readonly exclude?: readonly string[] };
  } | null;
  readonly rules?: readonly { readonly type: string }[];
  /** Absent for whoever may not change the ruleset. */
  readonly bypass_actors?: readonly {
    readonly actor_type: string;
    readonly actor_id?: number | null;
    readonly bypass_mode?: string;
  }[];
}

const route = 'GET /repos/{owner}/{repo}/rulesets/{ruleset_id}';

/** The active rulesets of tags, those of the organisation included. Any token may read them, but not who may pass by them. */
export function tagRulesets(github: GitHub): Promise<readonly TagRuleset[]> {
  return orFinding('contents: read', async () => {
    const listed = await github.paginate<{ readonly id: number; readonly enforcement: string }>(
      'GET /repos/{owner}/{repo}/rulesets',
      { targets: 'tag', includes_parents: true },
    );
    const active = listed.filter(({ enforcement }) => enforcement === 'active');
    return Promise.all(active.map(async ({ id }) => tagRulesetOf(await read(github, id))));
  });
}

/** One ruleset, of the repository or of what it belongs to. */
export function readRuleset(github: GitHub, id: number): Promise<Ruleset> {
  return orFinding('contents: read', async () => rulesetOf(await read(github, id)));
}

function read(github: GitHub, id: number): Promise<Answer> {
  return github.request<Answer>(route, { ruleset_id: id, includes_parents: true });
}

function tagRulesetOf(answer: Answer): TagRuleset {
  const { include = [], exclude = [] } = answer.conditions?.ref_name ?? {};
  return { ...rulesetOf(answer), include, exclude, rules: (answer.rules ?? []).map(({ type }) => type) };
}

function rulesetOf(answer: Answer): Ruleset {
  const { id, name, source, source_type: kind = 'Repository' } = answer;
  return { id, name, ...(kind === 'Repository' ? {} : { of: source }), bypass: bypassOf(answer) };
}

/** A list that is not told is not an empty one. */
function bypassOf({ name, source, bypass_actors: actors }: Answer): Sought<readonly BypassActor[]> {
  if (actors !== undefined) return { known: true, value: actors.map(actorOf) };
  return {
    known: false,
    finding: {
      reason: 'github-permission-missing',
      message: `Who is on the bypass list of the ruleset ${name} is told only to those who may change it.`,
      evidence: {},
      where: { kind: 'call', call: route },
      next: `Run this with the token of somebody who administrates ${source} (administration: write), which no job’s token does.`,
    },
  };
}

function actorOf({
  actor_type: type,
  actor_id: id,
  bypass_mode: mode = 'always',
}: NonNullable<Answer['bypass_actors']>[number]): BypassActor {
  return { type, mode, ...(id === undefined || id === null ? {} : { id }) };
}
