/** Replaces what stands between `<!-- marker:begin -->` and `<!-- marker:end -->`; what people wrote around it stays. */
export function between(text: string, marker: string, content: string): string {
  const [begin, end] = [`<!-- ${marker}:begin -->`, `<!-- ${marker}:end -->`];
  const [start, stop] = [text.indexOf(begin), text.indexOf(end)];
  if (start < 0 || stop < start) throw new Error(`has no ${begin} … ${end} for what is generated`);
  return `${text.slice(0, start + begin.length)}\n${content}\n${text.slice(stop)}`;
}
