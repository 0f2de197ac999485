/** What can be said of a policy without its caller: `maybe`, where it depends on what is not known here. */
export type Answer = 'yes' | 'no' | 'maybe';

/** What is known of a token; undefined: it has no such claim. A claim that is not named may be anything. */
export type Claims = Readonly<Record<string, string | undefined>>;

/**
 * Whether a condition holds for a claim. Operators that compare no text say nothing here, nor do values with variables of a policy.
 * Source: IAM User Guide, “IAM JSON policy elements: Condition operators”.
 */
export function holds(operator: string, values: readonly string[], claim: string | undefined): Answer {
  const {
    set,
    name = '',
    optional,
  } = /^(?:(?<set>ForAnyValue|ForAllValues):)?(?<name>\w+?)(?<optional>IfExists)?$/.exec(operator)?.groups ?? {};
  const { positive, matches } = operators[name] ?? {};
  if (matches === undefined || positive === undefined || values.some(value => value.includes('${'))) return 'maybe';
  if (claim === undefined) return optional !== undefined || set === 'ForAllValues' || !positive ? 'yes' : 'no';
  return values.some(value => matches(value, claim)) === positive ? 'yes' : 'no';
}

/** One of several is enough. */
export function any(answers: readonly Answer[]): Answer {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('maybe') ? 'maybe' : 'no';
}

export function all(answers: readonly Answer[]): Answer {
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

interface Operator {
  /** Whether one of the values has to match, or none of them may. */
  readonly positive: boolean;
  readonly matches: (value: string, claim: string) => boolean;
}

const same = (value: string, claim: string) => value === claim;
const alike = (value: string, claim: string) => value.toLowerCase() === claim.toLowerCase();

const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { positive: true, matches: same },
  StringNotEquals: { positive: false, matches: same },
  StringEqualsIgnoreCase: { positive: true, matches: alike },
  StringNotEqualsIgnoreCase: { positive: false, matches: alike },
  StringLike: { positive: true, matches: like },
  StringNotLike: { positive: false, matches: like },
};

/** `*` is any number of characters of any kind, `?` is one. */
function like(pattern: string, claim: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(claim);
}
