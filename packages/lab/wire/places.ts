/** State that every account and region has of its own, made when it is first asked for. */
export interface Places<World> {
  at(account: string, region: string): World;
}

export function createPlaces<World>(make: (account: string, region: string) => World): Places<World> {
  const made = new Map<string, World>();
  return {
    at(account, region) {
      if (!/^\d{12}$/.test(account)) throw new Error(`${account} is no AWS account number`);
      const key = `${account}/${region}`;
      const world = made.get(key) ?? make(account, region);
      made.set(key, world);
      return world;
    },
  };
}
