import type { Resource } from '../../graph/resource';
import { isCluster } from '../../systems/cnpg/names';
import type { Page } from './page';

/** The PostgreSQL databases of an app. */
export function databasesOf({ app }: Page): readonly Resource[] {
  return app.resources.filter(isCluster);
}
