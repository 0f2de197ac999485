import { createConverter } from './convert.ts';
import { keyOf, type Places, placeOf } from './places.ts';
import { type Mistake, type Path, type Problem, showPath } from './problem.ts';
import { readYaml } from './yaml.ts';

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

/** Reads YAML 1.2 without ever throwing. */
export function readSource(text: string, file: string): SourceResult {
  const positions = positionsIn(text);
  const places: Places = new Map();
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
