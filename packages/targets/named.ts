import type { AwsSession } from '#aws/session';
import type { NamedPart } from '#core/doctor/facts';
import type { Component } from '#core/flow/targets/registry';

/** What a component names in AWS, and whether it is there. It only reads; each part that cannot be read is unknown by itself. */
export async function namedParts(component: Component, session: AwsSession): Promise<readonly NamedPart[]> {
  switch (component.target) {
    case 'ecs':
      return (await import('./ecs/named.ts')).namedParts(component, session);
    case 'lambda':
      return (await import('./lambda/named.ts')).namedParts(component, session);
    case 'static-site':
      return (await import('./static-site/named.ts')).namedParts(component, session);
    case 'codepipeline':
      return (await import('./codepipeline/named.ts')).namedParts(component, session);
    case 'cloudformation':
      return (await import('./cloudformation/named.ts')).namedParts(component, session);
    case 'command':
      // What a tool works on, it knows itself.
      return [];
  }
}
