import { cancelAll, type Engine } from './engine.ts';
import { pull, resolveRevision } from './images.ts';
import { newTask } from './new-task.ts';
import type { Service, ServiceDeployment } from './state.ts';
export { cancelAll, newTask, pull, resolveRevision };
export type { Engine, Service, ServiceDeployment };
