import { downloadArtifact, uploadArtifact } from './artifacts.ts';
import { checkout } from './checkout.ts';
import type { KnownActions } from './known-action.ts';

/** The actions that every lab has. A scenario adds its own, such as a build. */
export const standardActions: KnownActions = {
  'actions/checkout': checkout,
  'actions/upload-artifact': uploadArtifact,
  'actions/download-artifact': downloadArtifact,
};
