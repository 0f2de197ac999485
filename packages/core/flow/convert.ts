import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import { keyOf, type Places } from './places.ts';
import type { Path } from './problem.ts';
import type { YamlMistake } from './yaml.ts';

/** An alias can multiply its content; a flow file never comes near this. */
const MOST_NODES = 20_000;
const DEEPEST = 40;

export interface Reports {
  problem(mistake: YamlMistake, path: Path): void;
  warning(mistake: YamlMistake, path: Path): void;
  line(offset: number): number;
}

/** Turns nodes into plain values, follows anchors and merge keys, and notes in `places` where each value stands. */
export function createConverter(document: Document, places: Places, reports: Reports) {
  let nodes = 0;
  let tooMuch = false;

  function giveUp(offset: number, path: Path): undefined {
    if (!tooMuch) reports.problem({ offset, message: 'the file is nested too deeply or expands to too much' }, path);
    tooMuch = true;
    return undefined;
  }

  /** `open` are the nodes being converted, so that an anchor inside itself is seen. */
  function convert(node: unknown, path: Path, open: readonly unknown[], key?: number): unknown {
    const value = startOf(node) ?? key ?? 0;
    nodes += 1;
    if (tooMuch) return undefined;
    if (nodes > MOST_NODES || open.length > DEEPEST) return giveUp(value, path);
    if (isAlias(node)) return convertAlias(node, path, open, key ?? value);
    places.set(keyOf(path), { key: key ?? value, value, ...(isScalar(node) ? { scalar: node } : {}) });
    if (isMap(node)) return convertPairs(node.items, value, path, [...open, node]);
    if (isSeq(node)) return node.items.map((item, index) => convert(item, [...path, index], [...open, node]));
    if (!isScalar(node)) return null;
    warnOfYaml11(node, path);
    return node.value;
  }

  function convertAlias(alias: Alias, path: Path, open: readonly unknown[], key: number): unknown {
    const target = alias.resolve(document);
    const offset = startOf(alias) ?? 0;
    if (target === undefined) {
      reports.problem(
        { offset, message: `no anchor \`&${alias.source}\` before this`, hint: 'quote text that begins with *' },
        path,
      );
      return undefined;
    }
    if (open.includes(target)) {
      reports.problem({ offset, message: `the anchor \`&${alias.source}\` contains itself` }, path);
      return undefined;
    }
    return convert(target, path, open, key);
  }

  type Values = Record<string, unknown>;

  function convertPairs(pairs: readonly Pair[], start: number, path: Path, open: readonly unknown[]): Values {
    const result: Values = {};
    const seen = new Map<string, number>();
    for (const pair of pairs) {
      if (isMergeKey(pair)) continue;
      const offset = startOf(pair.key) ?? start;
      const key = keyText(pair.key);
      if (key === undefined || key === '__proto__') {
        reports.problem({ offset, message: 'this cannot be a key', hint: 'quote a value that begins with {' }, path);
        continue;
      }
      const first = seen.get(key);
      if (first !== undefined) {
        const message = `\`${key}\` is given twice, first on line ${reports.line(first)}`;
        reports.problem({ offset, message }, [...path, key]);
        continue;
      }
      seen.set(key, offset);
      if (isScalar(pair.key)) warnOfYaml11(pair.key, [...path, key]);
      result[key] = convert(pair.value, [...path, key], open, offset);
    }
    // What stands in the mapping itself wins over what is merged into it; of several, the first wins.
    for (const pair of pairs.filter(isMergeKey)) addMerged(result, pair, path, open);
    return result;
  }

  function addMerged(result: Values, pair: Pair, path: Path, open: readonly unknown[]): void {
    const merged = isSeq(pair.value) ? pair.value.items : [pair.value];
    for (const from of merged) {
      const target = isAlias(from) ? from.resolve(document) : from;
      const offset = startOf(from) ?? startOf(pair.key) ?? 0;
      if (!isMap(target) || open.includes(target)) {
        reports.problem({ offset, message: '`<<` merges mappings only' }, path);
        continue;
      }
      const missing = target.items.filter(item => !Object.hasOwn(result, keyText(item.key) ?? ''));
      Object.assign(result, convertPairs(missing, offset, path, [...open, target]));
    }
  }

  function warnOfYaml11(scalar: Scalar, path: Path): void {
    if (scalar.type !== 'PLAIN' || !YAML_11_BOOLEAN.test(scalar.source ?? '')) return;
    const message = `\`${scalar.source}\` is text here, but older YAML readers take it for true or false`;
    reports.warning({ offset: startOf(scalar) ?? 0, message, hint: `write '${scalar.source}' in quotes` }, path);
  }

  return { convert, gaveUp: () => tooMuch };
}

const YAML_11_BOOLEAN = /^(y|n|yes|no|on|off)$/i;

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
}

function keyText(key: unknown): string | undefined {
  if (typeof key === 'string') return key;
  if (!isScalar(key) || key.value === null) return undefined;
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
