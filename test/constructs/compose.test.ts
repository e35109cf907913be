import { App, Application, Cluster, ConfigMap } from '../../lib';

const properties = { organisation: 'acme', environment: 'prod' };

function shop(cluster: Cluster, { level }: { level: string }): void {
  const { directory } = new Application(cluster, 'shop');
  new ConfigMap(directory, 'settings', { data: { LEVEL: level } });
}

describe('Cluster.compose', () => {
  test('calls the function with the cluster and what it is given: the tree is the same as without it', () => {
    const [app, other] = [new App(), new App()];
    new Cluster(app, 'home', properties).compose('shop', shop, { level: 'info' });
    shop(new Cluster(other, 'home', properties), { level: 'info' });
    expect(app.tree()).toEqual(other.tree());
  });

  test('takes a function that needs the cluster alone, and a name again in another cluster', () => {
    const app = new App();
    const made: string[] = [];
    for (const name of ['one', 'two']) {
      const cluster = new Cluster(app, name, { ...properties, directory: name });
      cluster.compose('shop', ({ clusterName }) => {
        made.push(clusterName);
      });
    }
    expect(made).toEqual(['one', 'two']);
  });

  test('refuses a name that is taken', () => {
    const cluster = new Cluster(new App(), 'home', properties);
    cluster.compose('shop', () => {});
    expect(() => cluster.compose('shop', () => {})).toThrow(
      'home: compose is "shop". Allowed: a name that no other part of the cluster has.',
    );
  });

  test('refuses an asynchronous function, which would make its constructs too late', () => {
    const cluster = new Cluster(new App(), 'home', properties);
    expect(() => cluster.compose('shop', async () => {})).toThrow(
      'home: compose("shop"). Allowed: a function that makes everything before it returns; this one is asynchronous. Example: await what it waits for in main.ts, and give it the result.',
    );
  });
});
