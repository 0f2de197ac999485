/**
 * The rules of tags once more, as somebody would write them down who has never seen packages/core: plain data in, words out,
 * nothing imported. The fuzz test holds the two against each other.
 */

export interface World {
  readonly tag: string;
  readonly sha: string;
  readonly environments: readonly { readonly name: string; readonly from: readonly string[] }[];
  /** All tags of the repository. */
  readonly tags: readonly string[];
  readonly released: readonly { readonly tag: string; readonly sha: string }[];
  readonly wants: { readonly annotated: boolean; readonly signed: boolean; readonly hotfixes: boolean };
  readonly hotfixFromBranch: boolean;
  readonly annotated: boolean;
  readonly signature: { readonly verified: boolean; readonly reason: string };
  readonly where: 'branch' | 'hotfix' | 'nowhere';
  readonly deployed: boolean;
  readonly containsDeployed: boolean;
  readonly strays: boolean;
  readonly required: readonly string[];
  readonly allow: readonly string[];
  /** In the order in which they were made; an undefined end has not come yet. */
  readonly checks: readonly { readonly name: string; readonly kind: string; readonly end: string | undefined }[];
  /** What the JSON file says; undefined when the policy names no file. */
  readonly package: string | undefined;
}

/** Every rule as `verdict reason`, sorted, and what they come to together. */
export function naiveVerdict(world: World): { readonly rules: readonly string[]; readonly together: string } {
  const rules = naiveRules(world).toSorted();
  const worst = ['fail', 'inconclusive', 'wait'].find(verdict => rules.some(rule => rule.startsWith(verdict)));
  return { rules, together: worst ?? 'pass' };
}

interface Version {
  readonly prefix: string;
  readonly numbers: readonly [bigint, bigint, bigint];
  readonly word: string;
  readonly count: bigint | undefined;
  readonly simple: boolean;
}

const number = '(0|[1-9][0-9]*)';
const shape = new RegExp(`^(?:([a-z][a-z0-9-]*)-)?v${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?$`);
const largest = 9007199254740991n;

function read(tag: string): Version | undefined {
  const parts = tag.length > 128 ? null : shape.exec(tag);
  if (parts === null) return undefined;
  const [, product, major, minor, patch, rest] = parts;
  const words = rest === undefined ? [] : rest.split('.');
  const numbers = [BigInt(major ?? 0), BigInt(minor ?? 0), BigInt(patch ?? 0)] as const;
  if (numbers.some(each => each > largest)) return undefined;
  for (const word of words) {
    if (word === '') return undefined;
    if (/^[0-9]+$/.test(word)) {
      if ((word.length > 1 && word.startsWith('0')) || BigInt(word) > largest) return undefined;
    } else if (/^[A-Za-z-]+[0-9]+$/.test(word)) {
      return undefined;
    }
  }
  const counted = words.length === 2 && /^[0-9]+$/.test(words[1] ?? '');
  return {
    prefix: product === undefined ? '' : `${product}-`,
    numbers,
    word: words[0] ?? '',
    count: counted ? BigInt(words[1] ?? 0) : undefined,
    simple: words.length < 2 || counted,
  };
}

function fits(pattern: string, version: Version): boolean {
  if (!pattern.includes('vX.Y.Z') || !version.simple) return false;
  const [prefix, rest = ''] = pattern.split('vX.Y.Z');
  const [word, counter] = rest.replace(/^-/, '').split('.');
  return version.prefix === prefix && version.word === word && (version.count !== undefined) === (counter === 'N');
}

function naiveRules(world: World): readonly string[] {
  const version = read(world.tag);
  if (version === undefined) return ['fail tag-malformed'];
  const patterns = world.environments.flatMap(({ from }) => from);
  const pattern = patterns.find(each => fits(each, version));
  if (pattern === undefined) return [version.word === '' ? 'fail ref-not-released' : 'fail prerelease-not-deployed'];
  return [
    'pass tag-valid',
    world.released.some(({ tag, sha }) => tag === world.tag && sha !== world.sha)
      ? 'fail tag-moved'
      : 'pass tag-unmoved',
    ...(world.wants.annotated ? [world.annotated ? 'pass tag-annotated' : 'fail tag-lightweight'] : []),
    ...(world.wants.signed ? [signature(world)] : []),
    ...order(world, version, pattern),
    branch(world),
    ...(world.package === undefined ? [] : [packageVersion(world.package, version)]),
    ...world.required.map(name => check(name, world)),
  ];
}

function signature({ annotated, signature: { verified, reason } }: World): string {
  if (!annotated || reason === 'unsigned') return 'fail tag-unsigned';
  if (verified && reason === 'valid') return 'pass tag-signed';
  if (reason === 'expired_key') return 'fail tag-key-expired';
  const unsure = ['gpgverify_error', 'gpgverify_unavailable', 'ocsp_pending', 'ocsp_error'];
  return unsure.includes(reason) ? 'inconclusive tag-signature-unchecked' : 'fail tag-unverified';
}

type Numbers = Version['numbers'];

function below(one: Numbers, other: Numbers): boolean {
  for (const index of [0, 1, 2] as const) if (one[index] !== other[index]) return one[index] < other[index];
  return false;
}

function order(world: World, own: Version, pattern: string): readonly string[] {
  const candidates = pattern.endsWith('.N');
  const product = world.tags
    .filter(tag => tag !== world.tag)
    .map(read)
    .filter(version => version !== undefined)
    .filter(({ prefix }) => prefix === own.prefix);
  const peers = product.filter(
    version => fits(pattern, version) || (candidates && version.word === '' && version.simple),
  );
  const others = peers.filter(({ numbers }) => numbers.join('.') !== own.numbers.join('.'));
  const [major, minor] = own.numbers;
  const sameMinor = others.filter(({ numbers }) => numbers[0] === major && numbers[1] === minor);
  const sameMajor = others.filter(({ numbers }) => numbers[0] === major);
  const line = sameMinor.length > 0 ? sameMinor : sameMajor.length > 0 ? sameMajor : others;
  const first = line.every(({ numbers }) => below(numbers, own.numbers))
    ? 'pass version-greater'
    : 'fail version-not-greater';
  if (!candidates) return [first];
  const same = peers.filter(({ numbers }) => numbers.join('.') === own.numbers.join('.'));
  if (same.some(({ word }) => word === '')) return [first, 'fail candidate-after-final'];
  const late = same.some(({ count = 0n }) => count >= (own.count ?? 0n));
  return [first, late ? 'fail candidate-out-of-order' : 'pass candidate-in-order'];
}

function branch(world: World): string {
  if (world.where === 'branch') return 'pass on-branch';
  if (world.where === 'nowhere' || !world.wants.hotfixes) return 'fail not-on-branch';
  if (world.hotfixFromBranch) return 'pass on-hotfix-branch';
  const good = world.deployed && world.containsDeployed && !world.strays;
  return good ? 'pass on-hotfix-branch' : 'fail hotfix-base-wrong';
}

function packageVersion(text: string, { numbers, word, count }: Version): string {
  const core = numbers.join('.');
  const full = count === undefined ? core : `${core}-${word}.${count}`;
  if (text === '') return 'fail package-version-missing';
  return text === core || text === full ? 'pass package-version-same' : 'fail package-version-differs';
}

function check(name: string, { checks, allow }: World): string {
  const found = ['check', 'status'].flatMap(kind => {
    const own = checks.filter(each => each.name === name && each.kind === kind);
    const said = own.filter(({ end }) => end !== 'skipped');
    const last = said.length > 0 ? said.at(-1) : own.at(-1);
    return last === undefined ? [] : [last.end];
  });
  const failed = found.find(end => end !== undefined && end !== 'success' && !allow.includes(end));
  if (failed === 'skipped' || failed === 'neutral') return 'fail check-inconclusive';
  if (failed !== undefined) return 'fail check-failed';
  if (found.length === 0) return 'fail check-missing';
  return found.includes(undefined) ? 'wait check-running' : 'pass check-passed';
}
