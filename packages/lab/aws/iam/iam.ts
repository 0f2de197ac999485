import { createHash } from 'node:crypto';
import * as model from '@aws-sdk/client-iam';
import { modelOnly } from '../../wire/not-modelled.ts';
import { type Call, type Service, ServiceError } from '../../wire/service.ts';
import { type Role, roleArn } from '../sts/roles.ts';
import { encodedPolicy } from './policy.ts';
import type { IamWorld } from './world.ts';

export interface IamOptions {
  /** A role of the account that asks; undefined when it has none of that name. */
  readonly roleOf: (account: string, name: string) => Role | undefined;
  /** When the roles were made, epoch ms. */
  readonly madeAt: number;
}

const hour = 3600;
const roleName = /^[\w+=,.@-]{1,64}$/;

/**
 * Roles, as far as somebody looks at whom they trust: GetRole alone. They are those of STS, which assumes them.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html
 * Not modelled: paths of roles, permission boundaries, tags, when a role was last used; everything else of IAM.
 * Its SDK takes a third of a second to load, so this file is loaded only where a scenario says so.
 */
export function createIam({ roleOf, madeAt }: IamOptions): IamWorld {
  const service: Service = {
    id: 'iam',
    model,
    resource: (_operation, { RoleName }, { account }) => `arn:aws:iam::${account}:role/${String(RoleName)}`,
    operations: {
      GetRole(input: model.GetRoleCommandInput, { account }: Call) {
        modelOnly(input, 'RoleName');
        const name = input.RoleName ?? '';
        if (!roleName.test(name)) {
          const message =
            'The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-';
          throw new ServiceError('ValidationError', message);
        }
        const role = roleOf(account, name);
        if (role === undefined) {
          throw new ServiceError('NoSuchEntityException', `The role with name ${name} cannot be found.`, 404);
        }
        const arn = roleArn(role);
        return {
          Role: {
            Path: '/',
            RoleName: name,
            RoleId: idOf(arn),
            Arn: arn,
            CreateDate: new Date(madeAt),
            AssumeRolePolicyDocument: encodedPolicy(role),
            MaxSessionDuration: role.maxSessionSeconds ?? hour,
            RoleLastUsed: {},
          },
        };
      },
    },
  };
  return { service };
}

/** `AROA` and seventeen letters and digits, always the same ones. */
function idOf(arn: string): string {
  return `AROA${createHash('sha256').update(arn).digest('hex').toUpperCase().slice(0, 17)}`;
}
