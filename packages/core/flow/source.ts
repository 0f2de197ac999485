import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Pair, type Scalar } from 'yaml';
import type { Mistake, Path, Problem } from './problem.ts';
import { showPath } from './problem.ts';
import { readYaml, type YamlMistake } from './yaml.ts';

/** A YAML file as plain values, with the place of each of them. */
export interface Source {
  readonly file: string;
  /** Mappings, lists, text, numbers, booleans and null; anchors and merge keys are already followed. */
  readonly value: unknown;
  /** Turns a mistake into a problem with its place; a path that does not exist points at its nearest ancestor. */
  locate(mistake: Mistake): Problem;
  /** A scalar as it is written in the file, `1.10` rather than 1.1. */
  written(path: Path): string | undefined;
}

export interface SourceResult {
  readonly source: Source;
  /** The text is not YAML, or its values cannot be told: no further check would say anything sensible. */
  readonly broken: boolean;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** An alias can multiply its content; a flow file never comes near this. */
const MOST_NODES = 20_000;
const DEEPEST = 40;

interface Place {
  readonly key: number;
  readonly value: number;
  readonly scalar?: Scalar;
}

/** Reads YAML 1.2 without ever throwing. */
export function readSource(text: string, file: string): SourceResult {
  const positions = positionsIn(text);
  const places = new Map<string, Place>();
  const problems: Problem[] = [];
  const warnings: Problem[] = [];

  function report(list: Problem[], offset: number, path: Path, message: string, hint?: string): void {
    list.push({ file, ...positions(offset), path: showPath(path), message, ...(hint === undefined ? {} : { hint }) });
  }

  const source = (value: unknown): Source => ({
    file,
    value,
    locate: mistake => {
      const place = placeOf(places, mistake.path, mistake.at ?? 'value', mistake.offset ?? 0);
      const hint = mistake.hint === undefined ? {} : { hint: mistake.hint };
      return { file, ...positions(place), path: showPath(mistake.path), message: mistake.message, ...hint };
    },
    written: path => places.get(keyOf(path))?.scalar?.source,
  });

  const yaml = readYaml(text);
  if (!yaml.ok) {
    for (const { offset, message, hint } of yaml.mistakes) report(problems, offset, [], message, hint);
    return { source: source(undefined), broken: true, problems, warnings };
  }
  const converter = createConverter(yaml.document, places, {
    problem: (mistake, path) => report(problems, mistake.offset, path, mistake.message, mistake.hint),
    warning: (mistake, path) => report(warnings, mistake.offset, path, mistake.message, mistake.hint),
    line: offset => positions(offset).line,
  });
  const value = converter.convert(yaml.document.contents, [], []);
  return { source: source(value), broken: converter.gaveUp(), problems, warnings };
}

interface Reports {
  problem(mistake: YamlMistake, path: Path): void;
  warning(mistake: YamlMistake, path: Path): void;
  line(offset: number): number;
}

function createConverter(document: Document, places: Map<string, Place>, reports: Reports) {
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

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

function placeOf(places: ReadonlyMap<string, Place>, path: Path, at: 'key' | 'value', offset: number): number {
  const place = places.get(keyOf(path));
  if (place === undefined) return path.length === 0 ? 0 : placeOf(places, path.slice(0, -1), 'key', 0);
  if (at === 'key') return place.key;
  return place.value + offsetInFile(place.scalar, offset);
}

/** Folded, multi-line or escaped text has no simple relation to the file: then its beginning must do. */
function offsetInFile(scalar: Scalar | undefined, offset: number): number {
  if (scalar === undefined || offset === 0 || typeof scalar.value !== 'string' || !scalar.range) return 0;
  const length = scalar.range[1] - scalar.range[0];
  if (scalar.type === 'PLAIN' && length === scalar.value.length) return offset;
  const quoted = scalar.type === 'QUOTE_DOUBLE' || scalar.type === 'QUOTE_SINGLE';
  return quoted && length === scalar.value.length + 2 ? offset + 1 : 0;
}

function positionsIn(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return offset => {
    const clamped = Math.min(Math.max(offset, 0), text.length);
    let line = starts.length;
    while (line > 1 && (starts[line - 1] ?? 0) > clamped) line -= 1;
    return { line, column: clamped - (starts[line - 1] ?? 0) + 1 };
  };
}
