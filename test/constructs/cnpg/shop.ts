import {
  Application,
  BarmanCloudPlugin,
  type Directory,
  GeneratedSecret,
  ObjectStore,
  PasswordGenerator,
  PostgresCluster,
  type PostgresClusterProps,
  Secret,
} from '../../../lib';
import { type Stage, synthesize } from '../synthesize';

/** A stage with the app `shop`, and what a database of it takes. */
export interface Shop extends Stage {
  readonly directory: Directory;
  readonly credentials: Secret<'username' | 'password'>;
}

export const s3 = Secret.named('backup-s3', { keys: ['ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'] });

export function shopOn(on: Stage): Shop {
  const { directory } = new Application(on.cluster, 'shop');
  const generator = new PasswordGenerator(directory, 'shop-db-password');
  const { secret } = new GeneratedSecret(directory, 'shop-db-credentials', {
    operator: on.eso,
    generator,
    username: 'shop',
  });
  return { ...on, directory, credentials: secret };
}

/** The app `shop` with whatever the builder adds. */
export function synthesizeShop<T>(build: (shop: Shop) => T) {
  return synthesize((on) => build(shopOn(on)));
}

/** The database `shop-db`, with the fewest properties and these. */
export function database(shop: Shop, props: Partial<PostgresClusterProps> = {}, id = 'shop-db'): PostgresCluster {
  const { cnpg: operator, credentials } = shop;
  return new PostgresCluster(shop.directory, id, { operator, credentials, storage: { size: '10Gi' }, ...props });
}

/** The plugin and the store `backups` in the app's folder. */
export function store(shop: Shop): ObjectStore {
  return new ObjectStore(shop.directory, 'backups', {
    plugin: new BarmanCloudPlugin(shop.cluster, { operator: shop.cnpg, version: '0.7.1' }),
    destinationPath: 's3://acme-backups/soyo',
    credentials: { accessKeyId: s3.key('ACCESS_KEY_ID'), secretAccessKey: s3.key('SECRET_ACCESS_KEY') },
  });
}

/** The message that composing refuses with. */
export function refusal(build: (shop: Shop) => unknown): string {
  try {
    synthesizeShop(build);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}
