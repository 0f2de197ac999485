/** Every route that the lab models. */
import type { Limits } from '../http/limits.ts';
import type { Route } from '../http/route.ts';
import { commitRoutes } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { objectRoutes } from './objects.ts';
import { refRoutes } from './refs.ts';
import { repositoryRoutes } from './repository.ts';

export function allRoutes(limits: Limits): readonly Route[] {
  return [...repositoryRoutes(limits), ...refRoutes, ...objectRoutes, ...commitRoutes, ...contentRoutes];
}
