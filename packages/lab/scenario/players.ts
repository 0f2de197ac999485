import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Told } from './player.ts';

/** Processes that share the work of many scenarios. */
export interface Players {
  /** Plays it as soon as a player is free. Throws with what the player said when it did not come to an end. */
  play(file: string): Promise<Told>;
  close(): void;
}

const usual = join(import.meta.dirname, 'player.ts');

/** At most `most` of them; each is started when it is needed. Files are relative to `root`; `script` is what a player runs. */
export function createPlayers(most: number, root: string, script = usual): Players {
  const free: Player[] = [];
  const all = new Set<Player>();
  const queue: ((player: Player) => void)[] = [];

  function take(): Promise<Player> | Player {
    const player = free.pop();
    if (player !== undefined) return player;
    return all.size < most ? start() : new Promise(resolve => queue.push(resolve));
  }

  function start(): Player {
    const player = startPlayer(script, root, () => {
      all.delete(player);
      free.splice(0, free.length, ...free.filter(other => other !== player));
    });
    all.add(player);
    return player;
  }

  function giveBack(player: Player): void {
    const next = queue.shift();
    if (next !== undefined) next(player);
    else free.push(player);
  }

  return {
    async play(file) {
      const player = await take();
      try {
        const told = await player.play(file);
        giveBack(player);
        return told;
      } catch (error) {
        // It is gone: another one takes its place.
        queue.shift()?.(start());
        throw error;
      }
    },
    close() {
      for (const player of all) player.end();
    },
  };
}

interface Player {
  play(file: string): Promise<Told>;
  end(): void;
}

/** `ended` is called also when nothing is played: a lab that is closed may still fail. */
function startPlayer(script: string, cwd: string, ended: () => void): Player {
  const child: ChildProcess = fork(script, [], { cwd, stdio: 'pipe' });
  child.once('close', ended);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return {
    play: file =>
      new Promise((resolve, reject) => {
        const settle = (act: () => void) => {
          child.off('message', hear);
          child.off('close', lose);
          act();
        };
        const hear = (told: Told) => settle(() => resolve({ ...told, output: [said, told.output].join('') }));
        const lose = () => settle(() => reject(new Error(`the process that played ${file} has ended:\n${said}`)));
        said = '';
        child.on('message', hear);
        child.on('close', lose);
        child.send(file);
      }),
    end: () => void child.kill(),
  };
}
