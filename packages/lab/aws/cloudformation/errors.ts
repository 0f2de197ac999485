import { ServiceError } from '../../wire/service.ts';

/** What CloudFormation answers to most mistakes: no exception of its own, only words. Seen everywhere its errors are quoted. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}

/** Words that CloudFormation writes and somebody reads; the drivers’ explanations depend on a few of them. */
export const texts = {
  userInitiated: 'User Initiated',
  creationStarted: 'Resource creation Initiated',
  creationCancelled: 'Resource creation cancelled',
  updateCancelled: 'Resource update cancelled',
  replacing: 'Requested update requires the creation of a new physical resource; hence creating one.',
  noChanges: "The submitted information didn't contain changes. Submit different information to create a change set.",
  noUpdates: 'No updates are to be performed.',
  failed: (created: readonly string[], updated: readonly string[], deleted: readonly string[] = []) =>
    [
      created.length > 0 ? `The following resource(s) failed to create: [${created.join(', ')}]. ` : '',
      updated.length > 0 ? `The following resource(s) failed to update: [${updated.join(', ')}]. ` : '',
      deleted.length > 0 ? `The following resource(s) failed to delete: [${deleted.join(', ')}]. ` : '',
    ].join(''),
} as const;
