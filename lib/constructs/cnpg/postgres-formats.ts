import { majorOfTag, tagOf } from '../../systems/cnpg/image';
import { databasesOfPostgres, isReservedRole, notReserved } from '../../systems/cnpg/names';
import type { Format } from '../../systems/format';
import { pinnedImage } from '../../systems/image';
import { postgresIdentifier } from '../formats';

/** A tag without the minor version moves from one to the next. */
export const postgresImage: Format = {
  allowed: `${pinnedImage.allowed}, whose tag begins with PostgreSQL's version: CNPG reads it there. A tag with only a major version changes over time, so it needs a digest`,
  example: '"ghcr.io/cloudnative-pg/postgresql:17.6" or "ghcr.io/cloudnative-pg/postgresql:17@sha256:<64 hex digits>"',
  accepts: (value) => {
    if (!pinnedImage.accepts(value)) return false;
    const tag = tagOf(value);
    return value.includes('@') ? majorOfTag(tag) !== undefined : /^\d{2}(\.\d+|beta\d+|rc\d+)(?!\d)/.test(tag);
  },
};

export const postgresOwner: Format = {
  allowed: `${postgresIdentifier.allowed}; ${notReserved}`,
  example: '"shop"',
  accepts: (value) => postgresIdentifier.accepts(value) && !isReservedRole(value),
};

export const postgresDatabase: Format = {
  allowed: `${postgresIdentifier.allowed}; none of ${databasesOfPostgres.join(', ').replace(/, (\w+)$/, ' and $1')}, which exist already`,
  example: '"shop"',
  accepts: (value) => postgresIdentifier.accepts(value) && !databasesOfPostgres.includes(value),
};
