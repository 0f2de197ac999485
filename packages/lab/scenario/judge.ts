import { runScenario } from './run.ts';
import { type ScenarioVerdict, verdictOf } from './verdict.ts';

/** Plays a file, tells how it goes, and says last what it has shown. */
export async function judgeFile(
  file: string,
  {
    path = file,
    ...options
  }: { readonly path?: string; readonly suite: string; readonly narrate: (line: string) => void },
): Promise<ScenarioVerdict> {
  const started = performance.now();
  const played = await runScenario(path, options);
  return verdictOf(file, played, performance.now() - started);
}
