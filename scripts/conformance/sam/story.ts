import { cpSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expandTransforms } from '../../../packages/lab/aws/cloudformation/serverless/expand.ts';
import { parseTemplate } from '../../../packages/lab/aws/cloudformation/template/parse.ts';
import { versionsBehind } from '../../../packages/lab/scenario/look.ts';
import type { OpenWorld } from '../../../packages/lab/shell/open-world.ts';
import { type ActionEnd, createBench } from '../moto/run-action.ts';
import { openAws, unmodelled } from './lab.ts';
import { runTool } from './run-tool.ts';
import { compareStandIn } from './stand-in.ts';
import { compareTransforms } from './transform.ts';

const region = 'us-east-1';
const accounts = { dev: '111111111111', prod: '333333333333' } as const;
const keys = { dev: 'AKIACONFORMANCE00DEV', prod: 'AKIACONFORMANCE0PROD' } as const;
const hosts = { dev: 'api.dev.notes.example.com', prod: 'api.notes.example.com' } as const;

/**
 * The real SAM CLI builds the example of Notes and uploads it to the lab’s S3, our action deploys it to the lab’s CloudFormation and
 * brings it back; the CLI’s own `sam deploy` to the same lab comes to the same stack. Then the lab’s stand-in of the CLI, and its
 * transform, against the real ones. Answers what does not hold.
 */
export async function playSam(program: string, suite: string): Promise<readonly string[]> {
  const open = await openAws(suite, 'test/scenarios/notes.world.yml', [
    { key: keys.dev, account: accounts.dev },
    { key: keys.prod, account: accounts.prod },
  ]);
  hurry(open, suite);
  const endpoint = open.lab.variables.AWS_ENDPOINT_URL ?? '';
  const path = [dirname(program), dirname(process.execPath), process.env.PATH].join(delimiter);
  const bench = createBench(suite, endpoint, region, { PATH: path, AWS_ACCESS_KEY_ID: keys.dev });
  const short: string[] = [];
  const expect = (what: string, wanted: string, found: string) => {
    if (wanted !== found) short.push(`${what}: expected ${wanted}, found ${found}`);
  };
  const ended = (what: string, wanted: string, { outputs, log }: ActionEnd) => {
    const found = `${outputs.outcome} ${outputs.reason}`;
    if (found !== wanted) short.push(`${what}: expected ${wanted}, found ${found}\n${log}`);
  };
  const serves = (what: string, environment: keyof typeof hosts, version: string) =>
    expect(what, version, (versionsBehind(open.lab, hosts[environment]) ?? ['nothing']).join(', '));
  const component = (environment: string) => ({
    ...{ target: 'command', tool: 'sam', 'config-env': environment, 'on-drift': 'ignore' },
    outputs: { Table: `notes-${environment}` },
  });
  try {
    cpSync(join(suite, 'examples/notes'), bench.folder, { recursive: true });
    ended('the first release', 'succeeded deployed', await bench.deploy(component('dev')));
    serves('the first release', 'dev', '1.2.0');
    ended('the same again', 'no-op nothing-to-change', await bench.deploy(component('dev')));
    bench.write({ 'src/package.json': '{ "name": "notes", "version": "1.3.0", "type": "module" }\n' });
    const next = await bench.deploy(component('dev'));
    ended('the next release', 'succeeded deployed', next);
    serves('the next release', 'dev', '1.3.0');
    const back = { receipt: next.outputs.receipt ?? '', reason: 'numbers look wrong', region };
    ended('the way back', 'succeeded restored', await bench.run('rollback', back));
    serves('the way back', 'dev', '1.2.0');

    const env = {
      ...{ PATH: path, HOME: bench.folder, AWS_ENDPOINT_URL: endpoint, AWS_DEFAULT_REGION: region },
      ...{ AWS_ACCESS_KEY_ID: keys.prod, AWS_SECRET_ACCESS_KEY: 'nobody checks it here', SAM_CLI_TELEMETRY: '0' },
    };
    const own = async (...args: readonly string[]) => {
      const { exitCode, said } = await runTool([program, ...args], { cwd: bench.folder, env });
      if (exitCode !== 0) short.push(`sam ${args[0]} ended with ${exitCode}:\n${said}`);
    };
    await own('build');
    await own('deploy', '--config-env', 'prod', '--no-confirm-changeset', '--no-progressbar');
    serves('sam deploy', 'prod', '1.3.0');
    const same = createBench(suite, endpoint, region, { PATH: path, AWS_ACCESS_KEY_ID: keys.prod });
    cpSync(bench.folder, same.folder, { recursive: true });
    ended('ours after sam deploy', 'no-op nothing-to-change', await same.deploy(component('prod')));
    same.remove();

    short.push(
      ...compareTransforms(program, [
        join(bench.folder, '.aws-sam/build/template.yaml'),
        join(suite, 'test/scenarios/sam/files/template.yaml'),
      ]),
    );
    short.push(...(await compareStandIn(program, suite, env)));
    return [...short, ...unmodelled(open)];
  } finally {
    bench.remove();
    await open.lab.close();
  }
}

/** Nobody has to wait for a table that is only a record: everything in the stacks takes half a second. */
function hurry({ lab }: OpenWorld, suite: string): void {
  const template = readFileSync(join(suite, 'examples/notes/template.yaml'), 'utf8');
  const expanded = expandTransforms(parseTemplate(template.replace('CodeUri: src/', 'CodeUri: s3://notes/src')));
  const ids = expanded.ok ? Object.keys(expanded.template.resources) : [];
  for (const [environment, account] of Object.entries(accounts)) {
    for (const id of ids)
      lab.aws.cloudformation.behave({ account, region }, `notes-${environment}`, id, { takes: 500 });
  }
}
