import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of the clock's own, with the file in which participants read lab time. */
export interface SharedTime {
  readonly folder: string;
  write(time: number): void;
  close(): void;
}

export function shareTime(): SharedTime {
  const folder = mkdtempSync(join(tmpdir(), 'lab-clock-'));
  const file = openSync(join(folder, 'now'), 'w');
  return {
    folder,
    write(time) {
      writeSync(file, new Float64Array([time]), 0, 8, 0);
    },
    close() {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
