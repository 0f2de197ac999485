import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { askedPermissions } from '#core/doctor/asked-permissions';
import { interfaceOf } from './workflow-files.ts';

const callable = globSync('.github/workflows/*.yml')
  .filter(path => readFileSync(path, 'utf8').includes('workflow_call:'))
  .map(path => [path, interfaceOf(`$/${path}`)] as const)
  .flatMap(([path, known]) => (typeof known === 'object' ? [[path.split('/').at(-1) ?? '', known] as const] : []));

test('what the doctor tells callers to grant is what the reusable workflows ask for', () => {
  expect(askedPermissions).toEqual(Object.fromEntries(callable.map(([name, { permissions }]) => [name, permissions])));
});
