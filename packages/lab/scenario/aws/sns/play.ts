import type { AwsLab } from '../../../assembly/aws.ts';
import type { Published } from '../../../aws/sns/state.ts';
import type { Expectation, Step, World } from '../../schema.ts';
import { differs, holds, lacks } from '../../shortfall.ts';
import type { Stage } from '../../stage.ts';
import type { topicHappenings } from './schema.ts';

export type TopicWord = keyof typeof topicHappenings;

export function prepareTopics({ sns }: AwsLab, { aws }: World): void {
  for (const { account, name, subscriptions = [] } of aws.topics ?? []) {
    const place = sns.at(account, aws.region);
    place.addTopic(name);
    for (const { protocol, endpoint, confirmed = true } of subscriptions) {
      place.addSubscription(name, { protocol, endpoint, confirmed });
    }
  }
}

export function happenToTopics({ lab, scenario }: Stage, happening: Pick<Step, TopicWord>): void {
  const placeOf = (account: string) => lab.aws.sns.at(account, scenario.aws.region);
  const { 'confirm-subscription': confirmed, unsubscribe: left, 'remove-topic': gone } = happening;
  if (confirmed !== undefined) placeOf(confirmed.account).confirm(confirmed.topic, confirmed.endpoint);
  if (left !== undefined) placeOf(left.account).unsubscribe(left.topic, left.endpoint);
  if (gone !== undefined) placeOf(gone.account).removeTopic(gone.topic);
}

export function topicShortfalls(
  { lab, scenario }: Stage,
  wanted: NonNullable<Expectation['topic']>,
): readonly string[] {
  const { account, topic: name, published } = wanted;
  const topic = lab.aws.sns.at(account, scenario.aws.region).topic(name);
  if (topic === undefined) return [`there is no topic ${name}`];
  const said = topic.published.map(textOf);
  return [
    ...differs(`${name}, messages`, published?.length, said.length),
    ...(published ?? []).flatMap((text, index) => lacks(`message ${index + 1} of ${name}`, text, said[index] ?? '')),
    ...said.flatMap((text, index) => holds(`message ${index + 1} of ${name}`, wanted.lacks, text)),
  ];
}

function textOf({ subject, message, attributes }: Published): string {
  const texts = typeof message === 'string' ? [message] : Object.values(message);
  return [subject ?? '', ...texts, ...Object.values(attributes)].join('\n');
}
