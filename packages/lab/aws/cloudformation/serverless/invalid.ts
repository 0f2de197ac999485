/** Why the transform does not take a resource, in its own words. */
export class InvalidResource extends Error {}
