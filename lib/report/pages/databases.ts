import type { Resource } from '../../graph/resource';
import type { Page } from './page';

/** The PostgreSQL databases of an app. */
export function databasesOf({ app }: Page): readonly Resource[] {
  return app.resources.filter(({ group, kind }) => group === 'postgresql.cnpg.io' && kind === 'Cluster');
}
