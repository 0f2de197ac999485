import { isMap, isPair, LineCounter, parseDocument, visit } from 'yaml';
import { asRecord } from '../flow/raw.ts';
import { askedPermissions } from './asked-permissions.ts';
import type { Caller, DoctorFacts } from './facts.ts';
import { type DoctorFinding, ok, wrong } from './finding.ts';

/** `org/release-actions/.github/workflows/release.yml@v1`, in whichever organisation the suite is. */
const call = /^(?<suite>[\w.-]+\/release-actions)\/\.github\/workflows\/(?<workflow>[\w-]+\.yml)@(?<ref>.+)$/;

/** The jobs of a workflow that call the suite. Throws nothing: what is no YAML calls nobody, and GitHub says so itself. */
export function callersIn(file: string, text: string): readonly Caller[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'silent' });
  const found: Caller[] = [];
  const top = document.get('permissions') === undefined ? undefined : toJs(document.get('permissions', true));
  visit(document, {
    Pair: (_, pair, path) => {
      const parent = path.at(-2);
      if (!isPair(parent) || String(parent.key) !== 'jobs' || !isMap(pair.value)) return undefined;
      const { suite, workflow, ref } = call.exec(String(pair.value.get('uses') ?? ''))?.groups ?? {};
      if (
        suite === undefined ||
        workflow === undefined ||
        ref === undefined ||
        !Object.hasOwn(askedPermissions, workflow)
      )
        return visit.SKIP;
      const own = pair.value.get('permissions', true);
      const permissions = permissionsOf(own === undefined ? top : toJs(own));
      const offset = pair.value.get('uses', true)?.range?.[0] ?? 0;
      found.push({
        file,
        line: lines.linePos(offset).line,
        job: String(pair.key),
        suite,
        workflow,
        ref,
        inputs: Object.keys(asRecord(toJs(pair.value.get('with', true)))),
        ...(permissions === undefined ? {} : { permissions }),
      });
      return visit.SKIP;
    },
  });
  return found;

  function toJs(node: unknown): unknown {
    return (node as { readonly toJS?: (doc: typeof document) => unknown } | null)?.toJS?.(document) ?? node;
  }
}

function permissionsOf(value: unknown): Caller['permissions'] {
  if (value === 'read-all' || value === 'write-all') return value;
  if (typeof value !== 'object') return undefined;
  return Object.fromEntries(Object.entries(value ?? {}).map(([scope, level]) => [scope, String(level)]));
}

/** Whether the callers grant what the called jobs ask for: GitHub ends a run at its start where they do not. */
export function examineCallers({ callers }: DoctorFacts): readonly DoctorFinding[] {
  return [...presence(callers), ...callers.map(examineCaller)];
}

function presence(callers: readonly Caller[]): readonly DoctorFinding[] {
  const called = new Set(callers.map(({ workflow }) => workflow));
  const released = called.has('release.yml') || called.has('release-in-parts.yml');
  return [
    ...(released
      ? []
      : [
          wrong('workflows', 'No workflow of this working copy calls release.yml of the suite.', {
            next: 'Copy the caller in the suite’s README, or run this where the workflows are.',
          }),
        ]),
    ...(called.has('rollback.yml')
      ? []
      : [
          wrong('workflows', 'No workflow calls rollback.yml, so that nobody can go back by hand.', {
            next: 'Copy the caller in the suite’s README.',
          }),
        ]),
  ];
}

function examineCaller({ file, line, job, workflow, permissions }: Caller): DoctorFinding {
  const about = `${file}:${line}: permissions of ${job}`;
  const asked = Object.entries(askedPermissions[workflow] ?? {});
  const wanted = `permissions: { ${asked.map(([scope, level]) => `${scope}: ${level}`).join(', ')} }`;
  const next = `Write \`${wanted}\` into the job.`;
  if (permissions === undefined) {
    const message = `The job says no permissions, so that ${workflow} gets the default of the repository, which may be too little or far too much.`;
    return wrong(about, message, { next });
  }
  const lacking = asked.filter(([scope, level]) => !grants(permissions, scope, level));
  if (lacking.length > 0) {
    const text = lacking.map(([scope, level]) => `${scope}: ${level}`).join(', ');
    return wrong(about, `${workflow} asks for ${text}, which the job does not grant: its runs end at their start.`, {
      next,
    });
  }
  if (permissions === 'write-all') {
    return wrong(about, `The job grants everything, and ${workflow} asks for ${asked.length} permissions.`, { next });
  }
  return ok(about, `It grants all that ${workflow} asks for.`);
}

function grants(permissions: NonNullable<Caller['permissions']>, scope: string, level: string): boolean {
  if (permissions === 'write-all') return true;
  // `read-all` grants no id-token, of which there is nothing to read.
  if (permissions === 'read-all') return level === 'read';
  const given = permissions[scope];
  return given === 'write' || given === level;
}
