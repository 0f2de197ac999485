import { valueAt } from '../issues.ts';
import { didYouMean } from '../nearest.ts';
import type { Mistake, Path, Problem } from '../problem.ts';
import { asRecord, isRecord, type RawRecord } from '../raw.ts';
import type { Source } from '../source.ts';
import { environmentsOf, everyEnvironment, type Policy } from './policy.ts';
import { tightenEnvironment } from './strictness.ts';
import { fewer, type Loosening } from './tighten.ts';

export interface Extended {
  /** The flow file as if everything that the policy asks for were written in it. */
  readonly value: RawRecord;
  /** Where the repository would loosen the policy. */
  readonly mistakes: readonly Mistake[];
}

/** Puts the rules of an organisation under a flow file. What the file says beyond them holds, too; what it says against them is a mistake. */
export function extend(own: RawRecord, policy: Policy): Extended {
  const asked = asRecord(policy.source.value);
  const roles = tightenRoles(asRecord(asked.roles), asRecord(own.roles));
  const environments = Object.entries(asRecord(own.environments)).map(([name, value]) => {
    if (!isRecord(value)) return { name, value, loosened: [] };
    return { name, ...tightenEnvironment(askedOf(asked, name), value, ['environments', name]) };
  });
  const loosened = [...roles.loosened, ...environments.flatMap(each => each.loosened)];
  return {
    value: {
      ...own,
      ...(Object.keys(roles.value).length === 0 ? {} : { roles: roles.value }),
      ...(own.enforce === undefined && asked.enforce !== undefined ? { enforce: asked.enforce } : {}),
      ...(isRecord(own.environments)
        ? { environments: Object.fromEntries(environments.map(({ name, value }) => [name, value])) }
        : {}),
    },
    mistakes: [...enforcement(asked, own), ...loosened.map(each => mistakeOf(each, policy))],
  };
}

/** What is asked of an environment: by its name, and as of all of them. Both hold. */
function askedOf(policy: RawRecord, name: string): RawRecord {
  const environments = asRecord(policy.environments);
  const [ofAll, ofThis] = [everyEnvironment, name].map(key =>
    Object.hasOwn(environments, key) ? asRecord(environments[key]) : {},
  );
  return tightenEnvironment(ofAll ?? {}, ofThis ?? {}, []).value;
}

function tightenRoles(asked: RawRecord, own: RawRecord) {
  const shared = Object.keys(own).filter(role => Object.hasOwn(asked, role));
  return {
    value: { ...asked, ...own },
    loosened: shared.flatMap(role => fewer(asked[role], own[role], ['roles', role]).loosened),
  };
}

function enforcement(asked: RawRecord, own: RawRecord): readonly Mistake[] {
  if (own.enforce !== false || asked.enforce === false) return [];
  return [{ path: ['enforce'], message: 'would switch the policy off', hint: 'leave it out' }];
}

function mistakeOf({ path, message, asked }: Loosening, policy: Policy): Mistake {
  const { file, line, column } = locateIn(policy, { path: asked, message });
  return { path, message, hint: `see ${file}:${line}:${column}` };
}

/** Where the policy says it: of this environment, or of all of them. */
function locateIn({ source }: Policy, mistake: Mistake): Problem {
  const [section, name = '', key = '', ...rest] = mistake.path;
  const ofAll = section === 'environments' && valueAt(source.value, [section, name, key]) === undefined;
  const path = ofAll ? [section, everyEnvironment, key, ...rest] : mistake.path;
  return source.locate({ ...mistake, path });
}

/** The flow file with the policy under it: what only the policy says has its place there. */
export function withPolicy(source: Source, policy: Policy, value: RawRecord): Source {
  const isWritten = (path: Path) => valueAt(source.value, path) !== undefined || valueAt(value, path) === undefined;
  return {
    ...source,
    locate: mistake => (isWritten(mistake.path) ? source.locate(mistake) : locateIn(policy, mistake)),
  };
}

/** Environments that the policy speaks of and the file has not: nothing holds there by its name. */
export function warnOfPolicy(policy: Policy, own: RawRecord): readonly Mistake[] {
  const names = Object.keys(asRecord(own.environments));
  return environmentsOf(policy)
    .filter(name => !names.includes(name))
    .map(name => ({
      path: ['extends'],
      message: `the policy speaks of \`${name}\`, and there is no such environment`,
      hint: didYouMean(name, names),
    }));
}
