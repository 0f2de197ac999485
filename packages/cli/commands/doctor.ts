import { resolve } from 'node:path';
import { examine } from '#core/doctor/examine';
import type { DoctorFinding } from '#core/doctor/finding';
import { reportLines } from '#core/doctor/report';
import { clock, random } from '../clock.ts';
import { type Command, type ExitCode, exitCodes } from '../command.ts';
import { gather } from '../doctor/gather.ts';
import { idTokenOf } from '../doctor/id-token.ts';
import { openGitHub } from '../doctor/repository.ts';
import { readWords, wrongWords } from '../words.ts';

/** Compares what GitHub and AWS have with what the flow file demands. It changes nothing. */
export const doctor: Command = {
  usage: '[--repo OWNER/NAME] [--flow FILE] [--var NAME=VALUE]… [--strict] [--fix]',
  about:
    'Holds environments, rulesets, the OIDC subject, the trust of roles, what components name in AWS and the workflows of this working copy against its flow file: exit 0 where nothing is wrong, 1 where something is; what may not be read is unknown, and with --strict as bad as wrong. --fix prints the commands that would mend it, and runs none. Reads with GITHUB_TOKEN, and with the AWS credentials at hand. --var is one of GitHub’s variables that templates name.',
  run: async (words, terminal) => {
    const { values, positionals } = readWords(words, {
      repo: { type: 'string' },
      flow: { type: 'string', default: '.github/release-flow.yml' },
      strict: { type: 'boolean', default: false },
      var: { type: 'string', multiple: true, default: [] },
      fix: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw wrongWords(`The doctor does not know what “${positionals.join(' ')}” means.`);
    const github = openGitHub(terminal, values.repo);
    const looking = {
      clock,
      random,
      runToken: 'doctor',
      defaultRegion: terminal.env.AWS_REGION ?? terminal.env.AWS_DEFAULT_REGION,
      idToken: idTokenOf(terminal),
      vars: varsOf(values.var),
    };
    const facts = await gather({ github, folder: resolve(terminal.cwd), flow: values.flow, looking });
    const findings = examine(facts);
    const lines = values.fix ? scriptOf(findings) : reportLines(findings);
    for (const line of lines) terminal.write(line);
    return exitCodeOf(findings, values.strict);
  },
};

function varsOf(entries: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries.map(entry => {
      const [name = '', ...value] = entry.split('=');
      if (name === '' || value.length === 0) throw wrongWords(`--var ${entry} is not NAME=VALUE.`);
      return [name, value.join('=')];
    }),
  );
}

export function exitCodeOf(findings: readonly DoctorFinding[], strict: boolean): ExitCode {
  const bad = findings.some(({ is }) => is === 'wrong' || (strict && is === 'unknown'));
  return bad || findings.length === 0 ? exitCodes.bad : exitCodes.good;
}

/** A shell script: what a person has to do by hand stands in it as comments. */
function scriptOf(findings: readonly DoctorFinding[]): readonly string[] {
  const open = findings.filter(({ is }) => is !== 'ok');
  const told = new Set<string>();
  const commands = open.flatMap(({ about, message, next, script = [] }) => {
    const fresh = script.filter(command => !told.has(command));
    for (const command of fresh) told.add(command);
    return [comment(`${about}: ${message}`), ...(next === undefined ? [] : [comment(`→ ${next}`)]), ...fresh, ''];
  });
  return ['#!/bin/sh', 'set -eu', '', ...commands];
}

function comment(text: string): string {
  return `# ${text.replaceAll(/\s+/g, ' ')}`;
}
