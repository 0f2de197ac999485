import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { runTool } from './run-tool.ts';

type Environment = Readonly<Record<string, string>>;

/** What came of a command, as far as a component rests on it. */
interface Answer {
  readonly exitCode: number | null;
  /** The words that are the same in both. */
  readonly says: readonly string[];
  /** The packaged template, where there is one. */
  readonly template: unknown;
}

interface Case {
  readonly what: string;
  readonly change: (folder: string) => void;
  readonly bucket: string;
  /** Each of these is said, or not, by both. */
  readonly words: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: 'the example',
    change: () => {},
    bucket: 'notes-prod-artifacts',
    words: ['Build Succeeded', 'Build Failed', 'Error: '],
  },
  {
    what: 'a package.json that is none',
    change: folder => writeFileSync(join(folder, 'src/package.json'), '{ "name": '),
    bucket: 'notes-prod-artifacts',
    words: [
      'Build Failed',
      'Error: NodejsNpmBuilder:NpmPack - NPM Failed: npm error code EJSONPARSE',
      'npm error JSON.parse Invalid package.json: JSONParseError: ',
    ],
  },
  {
    what: 'a bucket that is not there',
    change: () => {},
    bucket: 'notes-nowhere',
    words: ['Error: Unable to upload artifact NotesFunction', 'S3 Bucket does not exist.'],
  },
  {
    what: 'a template that nobody can read',
    change: folder => writeFileSync(join(folder, 'template.yaml'), 'Resources: ['),
    bucket: 'notes-prod-artifacts',
    words: ['Error: Failed to parse template: '],
  },
];

/** The same commands to the real CLI and to the stand-in of the scenarios, in front of the same lab; answers where they differ. */
export async function compareStandIn(program: string, suite: string, env: Environment): Promise<readonly string[]> {
  const standIn = [process.execPath, join(suite, 'packages/lab/tools/sam/main.ts')];
  const short: string[] = [];
  for (const each of cases) {
    const [real, played] = await Promise.all([[program], standIn].map(words => answerOf(words, suite, each, env)));
    if (isDeepStrictEqual(real, played)) continue;
    const [one, other] = [real, played].map(answer => JSON.stringify(answer));
    short.push(`${each.what}: the SAM CLI answers ${one}\nand the stand-in ${other}`);
  }
  return short;
}

async function answerOf(tool: readonly string[], suite: string, each: Case, env: Environment): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'release-actions-sam-'));
  try {
    cpSync(join(suite, 'examples/notes'), folder, { recursive: true });
    each.change(folder);
    const built = join(folder, 'built');
    const packaged = join(folder, 'packaged.yaml');
    const call = (...args: readonly string[]) => runTool([...tool, ...args], { cwd: folder, env });
    const build = await call('build', '--template-file', 'template.yaml', '--build-dir', built);
    const upload =
      build.exitCode === 0
        ? await call(
            ...['package', '--template-file', join(built, 'template.yaml'), '--output-template-file', packaged],
            ...['--s3-bucket', each.bucket, '--s3-prefix', 'compared', '--region', 'us-east-1', '--no-progressbar'],
          )
        : undefined;
    const said = `${build.said}${upload?.said ?? ''}`;
    return {
      exitCode: (upload ?? build).exitCode,
      says: each.words.filter(words => said.includes(words)),
      template: existsSync(packaged) ? parse(readFileSync(packaged, 'utf8')) : undefined,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
