/** Sizes: `5GB` is 5 × 10⁹ bytes, `5GiB` is 5 × 2³⁰, as the units are defined (IEC 80000-13). */

const BYTES = {
  B: 1,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
} as const;

export const BYTE_UNITS: readonly string[] = Object.keys(BYTES);

/** How many bytes one `unit` is, or undefined when there is no such unit (`gb`, `G`). */
export function bytesPer(unit: string): number | undefined {
  return Object.entries(BYTES).find(([name]) => name === unit)?.[1];
}

/** For people: `4.2 GB`, `512 B`; decimal units, one decimal at most. */
export function formatBytes(bytes: number): string {
  const unit = (['TB', 'GB', 'MB', 'kB'] as const).find(candidate => Math.abs(bytes) >= BYTES[candidate]) ?? 'B';
  return `${Math.round((bytes / BYTES[unit]) * 10) / 10} ${unit}`;
}
