import { AwsCallError } from './errors.ts';

/** What a call answers; undefined where AWS says, by that exception, that there is no such thing. */
export async function unlessMissing<T>(exception: string, asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AwsCallError && error.code === exception) return undefined;
    throw error;
  }
}
