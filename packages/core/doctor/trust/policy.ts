import { isRecord } from '../../flow/raw.ts';
import { type Answer, all, any, type Claims, holds } from './condition.ts';

/** GitHub’s issuer of OIDC tokens, as an identity provider in IAM and its condition keys name it. */
export const provider = 'token.actions.githubusercontent.com';

const assume = 'sts:AssumeRoleWithWebIdentity';

/** A trust policy as IAM keeps it: its statements, and what each comes to. */
export interface TrustPolicy {
  readonly statements: readonly Statement[];
}

interface Statement {
  /** As it is written, to be kept. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly effect: 'Allow' | 'Deny';
  /** Whether it is about tokens of GitHub; `maybe` where it says whom or what it is not about. */
  readonly concerns: Answer;
  readonly conditions: readonly Condition[];
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Undefined for what is no policy. Source: IAM User Guide, “IAM JSON policy elements reference”. */
export function readTrust(text: string): TrustPolicy | undefined {
  const policy = parse(text);
  if (!isRecord(policy)) return undefined;
  const statements = [policy.Statement].flat().filter(isRecord);
  return statements.length === 0 ? undefined : { statements: statements.map(readStatement) };
}

/** Whether a token of GitHub with these claims could assume the role. */
export function admits({ statements }: TrustPolicy, claims: Claims): Answer {
  const answers = (effect: Statement['effect']) =>
    any(
      statements
        .filter(statement => statement.effect === effect)
        .map(({ concerns, conditions }) => all([concerns, ...conditions.map(condition => check(condition, claims))])),
    );
  const denied = answers('Deny');
  return all([answers('Allow'), denied === 'yes' ? 'no' : denied === 'no' ? 'yes' : 'maybe']);
}

/** The statements that are not about tokens of GitHub: whoever changes the others keeps these. */
export function othersIn({ statements }: TrustPolicy): readonly object[] {
  return statements.filter(({ concerns }) => concerns !== 'yes').map(({ raw }) => raw);
}

function readStatement(raw: Readonly<Record<string, unknown>>): Statement {
  const operators = Object.entries(isRecord(raw.Condition) ? raw.Condition : {});
  return {
    raw,
    effect: raw.Effect === 'Deny' ? 'Deny' : 'Allow',
    concerns: all([actionOf(raw), principalOf(raw)]),
    conditions: operators.flatMap(([operator, keys]) =>
      Object.entries(isRecord(keys) ? keys : {}).map(([key, values]) => ({ operator, key, values: texts(values) })),
    ),
  };
}

function actionOf({ Action, NotAction }: Readonly<Record<string, unknown>>): Answer {
  if (NotAction !== undefined) return 'maybe';
  return any(texts(Action).map(action => holds('StringLike', [action.toLowerCase()], assume.toLowerCase())));
}

function principalOf({ Principal, NotPrincipal }: Readonly<Record<string, unknown>>): Answer {
  if (NotPrincipal !== undefined) return 'maybe';
  if (Principal === '*') return 'yes';
  const federated = texts(isRecord(Principal) ? Principal.Federated : undefined);
  return federated.some(each => each.endsWith(`:oidc-provider/${provider}`)) ? 'yes' : 'no';
}

/** Keys of IAM know no upper and lower case. Those of others, such as `aws:SourceIp`, say nothing that could be known here. */
function check({ operator, key, values }: Condition, claims: Claims): Answer {
  const [issuer, claim = ''] = key.toLowerCase().split(':');
  if (issuer !== provider || !Object.hasOwn(claims, claim)) return 'maybe';
  return holds(operator, values, claims[claim]);
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter(each => typeof each === 'string');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
