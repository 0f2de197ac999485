/** Habits of this world that a scenario may change. All times are ms of lab time. */
export interface LambdaSettings {
  /** How long an update of the code or the configuration is InProgress: of a zip, of an image. */
  zipUpdate: number;
  imageUpdate: number;
  configurationUpdate: number;
  /** From the publication of a version to Active. */
  publish: number;
  /** From the request for provisioned concurrency, or the move of its alias, to READY. */
  provision: number;
  /** What may be provisioned in a region: 1000 concurrent executions, 100 of which stay unreserved. */
  provisionable: number;
}

export function defaultSettings(): LambdaSettings {
  return {
    zipUpdate: 3_000,
    imageUpdate: 9_000,
    configurationUpdate: 2_000,
    publish: 1_500,
    provision: 90_000,
    provisionable: 900,
  };
}
