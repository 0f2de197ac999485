import { approve, environmentKeys, watch } from './environment.ts';
import { alarmsMapping } from './gates/alarms-ok.ts';
import { backup } from './gates/backups.ts';
import { checksMapping } from './gates/checks.ts';
import { freeze } from './gates/freeze.ts';
import { reviewsWanted } from './gates/reviews.ts';
import { soakMapping } from './gates/soak.ts';
import { window } from './gates/window.ts';
import type { Path } from './problem.ts';
import { publishMapping } from './publish.ts';
import { asRecord } from './raw.ts';
import { flowKeys } from './schema.ts';
import { tagPolicy } from './tag-policy.ts';
import { targetNamed, targets } from './targets/registry.ts';

/** The keys that the schema knows at `path` of a flow file; for hints only. */
export function keysAt(path: Path, value: unknown): readonly string[] {
  const [section, name, part, component] = path;
  if (path.length === 0) return Object.keys(flowKeys);
  if (section === 'components' && path.length >= 2) return componentKeys(value, name, path.slice(2));
  if (section !== 'environments') return [];
  if (path.length === 2) return Object.keys(environmentKeys);
  if (part === 'components' && path.length >= 4) {
    return componentKeys(value, component, path.slice(4)).filter(key => key !== 'target' && key !== 'needs');
  }
  return Object.keys(Object.entries(partsOfEnvironment).find(([key]) => key === part)?.[1] ?? {});
}

const partsOfEnvironment: Readonly<Record<string, object>> = {
  'alarms-ok': alarmsMapping.shape,
  approve: approve.shape,
  backups: backup.shape,
  checks: checksMapping.shape,
  freeze: freeze.shape,
  publish: publishMapping.shape,
  reviews: reviewsWanted.shape,
  soak: soakMapping.shape,
  tags: tagPolicy.shape,
  watch: watch.shape,
  window: window.shape,
};

/** Where a key that is unknown at `path` is known, in words that follow "it belongs". */
export function elsewhere(key: string, path: Path): string | undefined {
  const section = path.length === 2 ? path[0] : undefined;
  if (Object.hasOwn(watch.shape, key) && path[2] !== 'watch') return 'into `watch` of an environment';
  // A gate has words of its own: `within` there is no misplaced one of `approve`.
  if (Object.hasOwn(approve.shape, key) && path[2] !== 'approve' && path[2] !== 'backups')
    return 'into `approve` of an environment';
  if (Object.hasOwn(tagPolicy.shape, key) && path.length === 2 && section === 'environments') {
    return 'into `tags` of the environment';
  }
  if (Object.hasOwn(environmentKeys, key) && section !== 'environments') return 'into an environment';
  if (Object.hasOwn(flowKeys, key) && path.length > 0) return 'to the top of the file';
  const overrides = path.length === 4 && path[2] === 'components';
  const ofTarget = targets.find(target => target.keys.includes(key));
  if (ofTarget === undefined) return undefined;
  if (section === 'environments') return "into a component, or under this environment's `components`";
  if (overrides) return key === 'target' || key === 'needs' ? 'into the component: it holds everywhere' : undefined;
  return section === 'components' ? `to the target \`${ofTarget.name}\`` : 'into a component';
}

function componentKeys(value: unknown, name: unknown, within: Path): readonly string[] {
  const declared = asRecord(asRecord(asRecord(value).components)[String(name)]);
  return targetNamed(declared.target)?.keysAt(within) ?? targets.flatMap(target => [...target.keysAt(within)]);
}
