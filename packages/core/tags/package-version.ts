import { rule } from '../gate/rule.ts';
import type { Release } from '../release.ts';
import type { RuleVerdict } from '../verdict.ts';

/** A file of the commit that says a version; undefined when it is not there. */
export interface VersionFile {
  readonly path: string;
  readonly text: string | undefined;
}

export function packageRule(path: string): string {
  return `version in ${path}`;
}

/** `packages/{component}/package.json` is one file for each component that is released. */
export function versionFiles(templates: readonly string[], components: readonly string[]): readonly string[] {
  const paths = templates.flatMap(template =>
    template.includes(placeholder) ? components.map(name => template.replaceAll(placeholder, name)) : [template],
  );
  return [...new Set(paths)];
}

const placeholder = '{component}';

/** `core` is the version without its prerelease part, which packages often leave out. */
export function judgePackage({ version }: Release, core: string, { path, text }: VersionFile): RuleVerdict {
  const name = packageRule(path);
  if (text === undefined) {
    const next = 'Correct `tags.package` on the default branch, or tag a commit that has the file.';
    return rule(name, 'fail', 'package-version-missing', `The commit has no ${path}.`, { path }, next);
  }
  const found = versionIn(path, text);
  const expected = version === core ? version : `${version} or ${core}`;
  if (found === undefined) {
    const what = path.endsWith('.json') ? 'a JSON object with a `version`' : 'a file that holds only a version';
    const next = `Write ${core} into it and tag that commit.`;
    return rule(name, 'fail', 'package-version-missing', `${path} is not ${what}.`, { path }, next);
  }
  if (found === version || found === core) {
    return rule(name, 'pass', 'package-version-same', `${path} says ${found}.`, { path, version: found });
  }
  const message = `${path} says ${found}, the tag ${expected}.`;
  const next = `Write ${core} into it, commit, and tag that commit; or tag v${found} if that is what it is.`;
  return rule(name, 'fail', 'package-version-differs', message, { path, found, expected }, next);
}

/** Undefined where the file says no version. */
export function versionIn(path: string, text: string): string | undefined {
  if (!path.endsWith('.json')) return /^\s*v?(\S+)\s*$/.exec(text)?.[1];
  try {
    const value: unknown = JSON.parse(text);
    const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
    return typeof version === 'string' ? version : undefined;
  } catch {
    return undefined;
  }
}
