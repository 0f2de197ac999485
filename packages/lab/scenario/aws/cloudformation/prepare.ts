import type { AwsLab } from '../../../assembly/aws.ts';
import type { World } from '../../schema.ts';

/** Stacks that have been there for a day, and what resources will do. */
export function prepareStacks({ cloudformation }: AwsLab, { aws }: World): void {
  const { region } = aws;
  const { stacks = [], resources = [], templates = {} } = aws.cloudformation ?? {};
  for (const [url, body] of Object.entries(templates)) cloudformation.putTemplate(url, body);
  for (const { account, name, template, ...rest } of stacks) {
    cloudformation.putStack({ account, region }, { name, template, ...present(rest) });
  }
  for (const { account, stack, resource, ...behaviour } of resources) {
    cloudformation.behave({ account, region }, stack, resource, behaviourOf(behaviour));
  }
}

type BehaviourWords = Omit<
  NonNullable<NonNullable<World['aws']['cloudformation']>['resources']>[number],
  'account' | 'stack' | 'resource'
>;

export function behaviourOf({ takes, fails }: BehaviourWords) {
  return {
    ...(takes === undefined ? {} : { takes }),
    ...(fails === undefined
      ? {}
      : {
          fails: fails.map(({ on, reason, times }) => ({ on, reason, ...(times === undefined ? {} : { times }) })),
        }),
  };
}

/** Without the members that are undefined. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // What is left out was undefined.
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Accounts that have stacks, or are to have them. */
export function accountsOfStacks({ aws }: World): readonly string[] {
  const { stacks = [], accounts = [] } = aws.cloudformation ?? {};
  return [...stacks.map(({ account }) => account), ...accounts];
}
