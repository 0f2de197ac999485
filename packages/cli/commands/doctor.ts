import { resolve } from 'node:path';
import { examine } from '#core/doctor/examine';
import type { Diagnosis, DoctorFinding } from '#core/doctor/finding';
import { type Command, type ExitCode, exitCodes } from '../command.ts';
import { gather } from '../doctor/gather.ts';
import { openGitHub } from '../doctor/repository.ts';
import { readWords, wrongWords } from '../words.ts';

/** Compares what GitHub has with what the flow file demands. It changes nothing. */
export const doctor: Command = {
  usage: '[--repo OWNER/NAME] [--flow FILE] [--strict] [--fix]',
  about:
    'Holds environments, rulesets, the OIDC subject and the workflows of this working copy against its flow file: exit 0 where nothing is wrong, 1 where something is; what the token may not read is unknown, and with --strict as bad as wrong. --fix prints the commands that would mend it, and runs none. Reads with GITHUB_TOKEN.',
  run: async (words, terminal) => {
    const { values, positionals } = readWords(words, {
      repo: { type: 'string' },
      flow: { type: 'string', default: '.github/release-flow.yml' },
      strict: { type: 'boolean', default: false },
      fix: { type: 'boolean', default: false },
    });
    if (positionals.length > 0) throw wrongWords(`The doctor does not know what “${positionals.join(' ')}” means.`);
    const github = openGitHub(terminal, values.repo);
    const facts = await gather({ github, folder: resolve(terminal.cwd), flow: values.flow });
    const findings = examine(facts);
    const lines = values.fix ? scriptOf(findings) : reportOf(findings);
    for (const line of lines) terminal.write(line);
    return exitCodeOf(findings, values.strict);
  },
};

export function exitCodeOf(findings: readonly DoctorFinding[], strict: boolean): ExitCode {
  const bad = findings.some(({ is }) => is === 'wrong' || (strict && is === 'unknown'));
  return bad || findings.length === 0 ? exitCodes.bad : exitCodes.good;
}

const marks: Record<Diagnosis, string> = { ok: '✔', wrong: '✖', unknown: '?' };

function reportOf(findings: readonly DoctorFinding[]): readonly string[] {
  const count = (diagnosis: Diagnosis) => findings.filter(({ is }) => is === diagnosis).length;
  return [
    ...findings.flatMap(({ is, about, message, evidence, next }) => [
      `${marks[is]} ${is}  ${about}: ${message}`,
      ...Object.entries(evidence).map(([name, value]) => `    ${name}: ${[value].flat().join(', ') || 'none'}`),
      ...(next === undefined ? [] : [`    → ${next}`]),
    ]),
    `${count('ok')} ok, ${count('wrong')} wrong, ${count('unknown')} unknown.`,
  ];
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
