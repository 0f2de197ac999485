import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '#core/finding';
import type { SamComponent } from '#core/flow/targets/command/sam';
import { sentence } from '#core/report/sentence';
import { type CommandEnd, stoppableScript } from '../run/command.ts';
import { failureOf } from '../run/judge.ts';
import type { Toolbox } from '../run/toolbox.ts';

/** The two commands of the SAM CLI that are run. Neither changes a resource: they may be stopped at any time. */
export interface Sam {
  /** Builds into a folder of its own. Answers the template there. */
  build(): Promise<Made>;
  /** Uploads what a built template refers to. Answers the template that refers to the uploads. */
  package(template: string, where: Upload): Promise<Made>;
}

export interface Upload {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
}

/** `text`: a path, or a template. */
export type Made = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly finding: Finding };

export interface SamSetting {
  readonly component: Pick<SamComponent, 'name' | 'template' | 'configEnv'>;
  readonly toolbox: Toolbox;
  readonly program: string;
  /** Milliseconds that the next command may take. */
  readonly timeLeft: () => number;
}

/** Characters of its own words in a message: all of them are in the explanation. */
const longest = 400;

/** As `sam build` calls it in the folder that it makes. */
export const builtTemplate = 'template.yaml';

export function createSam({ component, toolbox, program, timeLeft }: SamSetting): Sam {
  const run = (words: readonly string[]): Promise<CommandEnd> =>
    toolbox.run({
      title: titleOf(words),
      program,
      args: words,
      timeout: timeLeft(),
      stopping: stoppableScript,
      show: 'all',
      env: { SAM_CLI_TELEMETRY: '0' },
    });
  const titleOf = ([command = '']: readonly string[]) => `${component.name}: sam ${command}`;

  return {
    async build() {
      const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'sam-'));
      const { template, configEnv } = component;
      const environment = configEnv === undefined ? [] : ['--config-env', configEnv];
      const words = ['build', '--template-file', template, '--build-dir', join(folder, 'build'), ...environment];
      const end = await run(words);
      if (!succeeded(end)) return { ok: false, finding: failed(titleOf(words), end) };
      return { ok: true, text: join(folder, 'build', builtTemplate) };
    },

    async package(template, { bucket, prefix, region }) {
      const folder = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), 'sam-'));
      const file = join(folder, 'packaged.yaml');
      try {
        const words = [
          ...['package', '--template-file', template, '--output-template-file', file],
          ...['--s3-bucket', bucket, '--s3-prefix', prefix, '--region', region, '--no-progressbar'],
        ];
        const end = await run(words);
        if (!succeeded(end)) return { ok: false, finding: failed(titleOf(words), end) };
        if (existsSync(file)) return { ok: true, text: readFileSync(file, 'utf8') };
        const message = `${titleOf(words)} ended well and has written no template.`;
        return { ok: false, finding: { reason: 'command-output-invalid', message, evidence: {} } };
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
  };
}

function succeeded({ how, code }: CommandEnd): boolean {
  return how === 'exited' && code === 0;
}

/** In its own words: what follows the first line that says it is an error. */
function failed(title: string, end: CommandEnd): Finding {
  const { outcome: _, ...finding } = failureOf(title, end);
  const said = end.errors.slice(end.errors.findIndex(line => /^Error: /.test(line)));
  const rest = said.findIndex(line => /^Traceback/.test(line));
  const why = (rest === -1 ? said : said.slice(0, rest)).map(line => line.trim()).filter(line => line !== '');
  const told = why[0]?.startsWith('Error: ') === true && end.how === 'exited';
  const message = told
    ? sentence(`${title} failed: ${why.join(' ').slice('Error: '.length, longest)}`)
    : finding.message;
  return { ...finding, message, explanation: end.tail };
}
