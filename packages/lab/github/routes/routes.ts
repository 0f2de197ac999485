/** Every route that the lab models. */
import type { Limits } from '../http/limits.ts';
import type { Route } from '../http/route.ts';
import { artifactRoutes } from './artifacts.ts';
import { checkRoutes } from './checks.ts';
import { commitRoutes } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { contentWriteRoutes } from './contents-write.ts';
import { deploymentRoutes } from './deployments.ts';
import { dispatchRoutes } from './dispatches.ts';
import { environmentRoutes } from './environments.ts';
import { issueRoutes } from './issues.ts';
import { objectRoutes } from './objects.ts';
import { pullRoutes } from './pulls.ts';
import { refRoutes } from './refs.ts';
import { releaseRoutes } from './releases.ts';
import { repositoryRoutes } from './repository.ts';
import { ruleRoutes } from './rules.ts';
import { runRoutes } from './runs.ts';

export function allRoutes(limits: Limits, storage: () => string): readonly Route[] {
  return [
    ...repositoryRoutes(limits),
    ...refRoutes,
    ...objectRoutes,
    ...commitRoutes,
    ...contentRoutes,
    ...contentWriteRoutes,
    ...deploymentRoutes,
    ...environmentRoutes,
    ...ruleRoutes,
    ...runRoutes,
    ...artifactRoutes(storage),
    ...dispatchRoutes,
    ...issueRoutes,
    ...pullRoutes,
    ...checkRoutes,
    ...releaseRoutes,
  ];
}
