import type { Played } from './run.ts';

export interface ScenarioVerdict {
  /** 0 held, 1 fell short, 2 not a valid scenario. */
  readonly code: 0 | 1 | 2;
  readonly lines: readonly string[];
}

/** What a scenario has shown. Nothing expected is nothing shown. `took` is wall time in ms. */
export function verdictOf(file: string, played: Played, took: number): ScenarioVerdict {
  if (played.kind === 'invalid') return { code: 2, lines: played.problems };
  const { expectations, troubles, labTime } = played;
  const held = expectations.filter(({ short }) => short.length === 0).length;
  const fell = held < expectations.length || troubles.length > 0 || expectations.length === 0;
  const times = `${inWords(labTime)} of lab time in ${(took / 1000).toFixed(1)} s`;
  const summary = `${fell ? '✖' : '✔'} ${file}: ${held} of ${expectations.length} expectations held (${times})`;
  return { code: fell ? 1 : 0, lines: [...troubles.map(trouble => `✖ ${trouble}`), summary] };
}

function inWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / 60_000);
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
